package io.alcedo.app.bench;

import io.alcedo.connectors.InvalidInputException;
import java.time.Duration;

/**
 * What {@link AlertsBench} asks of a job.
 *
 * @param cameras how many
 * @param rate lines a second of each
 * @param people in each frame
 * @param parallelism of the job
 * @param warmUp time before it counts
 * @param duration time that counts
 */
public record AlertLoad(
    int cameras, double rate, int people, int parallelism, Duration warmUp, Duration duration) {
  private static final int MOST_LINES = 100_000; // a second

  public AlertLoad {
    if (cameras < 1 || people < 1 || parallelism < 1) {
      throw new InvalidInputException("--cameras, --people and --parallelism must be 1 or more");
    }
    if (!(rate > 0) || cameras * rate > MOST_LINES) {
      throw new InvalidInputException(
          "--rate is %s, expected above 0 and with %d cameras at most %s: together %d lines/s"
              .formatted(rate, cameras, (double) MOST_LINES / cameras, MOST_LINES));
    }
  }

  /** Of all cameras together. */
  double linesPerSecond() {
    return cameras * rate;
  }
}
