package io.alcedo.training.quantization;

import io.alcedo.connectors.InvalidInputException;

/**
 * Which frames of a video, or pictures of a folder, are taken: some of a range, evenly spread.
 *
 * @param first of the range, from 1
 * @param last of the range, inclusive; as far as there are any if {@link Integer#MAX_VALUE}
 * @param count of those that are taken, at most
 */
public record CalibrationRange(int first, int last, int count) {
  /** Enough for ranges to settle: see RATIONALE.md. */
  public static final int DEFAULT_COUNT = 200;

  public CalibrationRange {
    if (first < 1 || last < first) {
      throw new InvalidInputException(
          "frames %d-%d are no range; the first frame is 1.".formatted(first, last));
    }
    if (count < 1) {
      throw new InvalidInputException("%d frames: expected 1 or more.".formatted(count));
    }
  }

  /**
   * Reads a range.
   *
   * @param range as in 1-430; everything if null
   * @throws InvalidInputException if it is no range
   */
  public static CalibrationRange of(String range, int count) {
    if (range == null) {
      return new CalibrationRange(1, Integer.MAX_VALUE, count);
    }
    if (!range.matches("\\d{1,9}-\\d{1,9}")) {
      throw new InvalidInputException(
          "frames are '%s', expected FIRST-LAST as in 1-430.".formatted(range));
    }
    int dash = range.indexOf('-');
    return new CalibrationRange(
        Integer.parseInt(range.substring(0, dash)),
        Integer.parseInt(range.substring(dash + 1)),
        count);
  }

  /** Whether nothing from a number on is taken any more. */
  boolean isOver(int number, int taken) {
    return number > last || taken == count;
  }

  /**
   * Whether the next one is taken.
   *
   * @param number of it, from 1
   * @param taken how many were taken before
   * @param length how many there are in all; 0 if that is not known
   */
  boolean takes(int number, int taken, int length) {
    int end = Math.min(last, Math.max(first, length));
    double step = Math.max(1, (end - first + 1.0) / count);
    return !isOver(number, taken) && number >= first + taken * step;
  }

  @Override
  public String toString() {
    return last == Integer.MAX_VALUE ? "from " + first + " on" : first + " to " + last;
  }
}
