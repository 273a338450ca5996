package io.alcedo.connectors.camera;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What happens when a live source cannot be opened or breaks off.
 *
 * @param failFast whether a first attempt that fails ends the session instead of being repeated
 * @param shortest wait before the second attempt; doubles with each further one
 * @param longest wait, and how long a connection must hold for the next break to count as a first
 */
public record Reconnection(boolean failFast, Duration shortest, Duration longest) {
  /** Waits of 1 s to 30 s, for ever. */
  public static final Reconnection DEFAULT =
      new Reconnection(false, Duration.ofSeconds(1), Duration.ofSeconds(30));

  public Reconnection {
    if (shortest.isNegative() || shortest.isZero() || longest.compareTo(shortest) < 0) {
      throw new IllegalArgumentException(
          "reconnection waits from %s to %s, expected 0 < shortest <= longest"
              .formatted(shortest, longest));
    }
  }

  /** The same, with another answer to a first attempt that fails. */
  public Reconnection withFailFast(boolean newFailFast) {
    return new Reconnection(newFailFast, shortest, longest);
  }

  /**
   * The wait after a number of failures in a row: 0.5 to 1 times the doubled wait, so that cameras
   * which went with one switch do not all come back in one moment.
   *
   * @param failures from 1
   */
  Duration delay(int failures, RandomGenerator random) {
    double doubled = shortest.toNanos() * Math.pow(2, Math.min(failures, 60) - 1);
    double capped = Math.min(doubled, (double) longest.toNanos());
    return Duration.ofNanos(Math.round(capped * (0.5 + 0.5 * random.nextDouble())));
  }
}
