package io.alcedo.connectors.simulation;

import java.time.Duration;

/**
 * Something that truly happened, first true at the frame that carries it.
 *
 * @param rule name of the zone or line
 * @param track of the object; the anchor is the middle of its full box's lower edge
 * @param direction of a crossing; {@link Direction#NONE} for other events
 * @param inZone how long the object has been in the zone; zero for crossings
 */
public record TruthEvent(
    Type type, String rule, int track, String identity, Direction direction, Duration inZone) {
  /** Kinds of event. */
  public enum Type {
    ENTERED_ZONE,
    LEFT_ZONE,
    CROSSED_LINE,
    DWELT
  }

  /** Which way a line was crossed, looking along it from its start to its end. */
  public enum Direction {
    NONE,
    LEFT_TO_RIGHT,
    RIGHT_TO_LEFT
  }
}
