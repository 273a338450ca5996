package io.alcedo.operators.stream.observe;

import java.time.Instant;

/**
 * What is remembered of one subject, such as a track.
 *
 * @param phase explicit code, given by who remembers
 * @param since event time at which it began, or null
 * @param seen event time at which it held last, or null
 * @param opening detection id that opened it, or null
 * @param x part of the picture's width, or another number that has a meaning for who remembers
 * @param y part of its height, or another number
 */
public record Cell(int phase, Instant since, Instant seen, String opening, double x, double y) {

  /** A cell that remembers when something began. */
  public static Cell since(Instant since, String opening) {
    return new Cell(0, since, since, opening, 0, 0);
  }

  /** The same, seen at another time. */
  public Cell seenAt(Instant time) {
    return new Cell(phase, since, time, opening, x, y);
  }

  /** The same in another phase. */
  public Cell inPhase(int other) {
    return new Cell(other, since, seen, opening, x, y);
  }

  /** The same with other numbers. */
  public Cell at(double otherX, double otherY) {
    return new Cell(phase, since, seen, opening, otherX, otherY);
  }
}
