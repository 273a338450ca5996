package io.alcedo.connectors.notify;

import java.io.Serializable;
import java.time.Duration;

/**
 * What is done when a receiver fails: the wait doubles after each attempt, and is shortened by up
 * to a quarter at random, so that many do not come back at once.
 *
 * @param first wait after the first attempt; default 1 s
 * @param longest wait; default 5 min
 * @param giveUpAfter time from the first attempt after which the notification goes to the dead
 *     letters; default 1 h
 */
public record RetrySettings(Duration first, Duration longest, Duration giveUpAfter)
    implements Serializable {
  public static final RetrySettings DEFAULT = new RetrySettings(null, null, null);

  private static final int MOST_DOUBLINGS = 30;

  public RetrySettings {
    first = first == null ? Duration.ofSeconds(1) : first;
    longest = longest == null ? Duration.ofMinutes(5) : longest;
    giveUpAfter = giveUpAfter == null ? Duration.ofHours(1) : giveUpAfter;
    if (first.toMillis() < 1) {
      throw new IllegalArgumentException("first is %s, expected 1ms or more".formatted(first));
    }
    if (longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "longest is %s, expected first (%s) or more".formatted(longest, first));
    }
    if (giveUpAfter.compareTo(Duration.ofDays(7)) > 0) {
      throw new IllegalArgumentException(
          "giveUpAfter is %s, expected 7d or less".formatted(giveUpAfter));
    }
  }

  /**
   * The wait after an attempt that failed.
   *
   * @param attempts so far, from 1
   * @param random from 0 to 1
   */
  public Duration pause(int attempts, double random) {
    long doubled = first.toMillis() << Math.min(MOST_DOUBLINGS, attempts - 1);
    long millis = doubled <= 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(Math.max(1, Math.round(millis * (1 - random / 4))));
  }
}
