package io.alcedo.connectors.camera;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The event time of one camera: whole microseconds, never backwards, and for frames each after the
 * one before. What looks wrong is said and not corrected. Not for use by several threads at once.
 */
final class CaptureTimes {
  private static final Instant CLOCKS_ARE_LATER = Instant.parse("2020-01-01T00:00:00Z");
  private static final Duration BACKWARDS = Duration.ofSeconds(1);
  private static final Duration FORWARDS = Duration.ofHours(1);

  private final boolean wallClock;
  private Instant last;
  private Oddity oddity = Oddity.NONE;

  private enum Oddity {
    NONE,
    NEVER_SET,
    WENT_BACK,
    JUMPED
  }

  /**
   * Begins.
   *
   * @param wallClock whether times come from this machine's clock
   */
  CaptureTimes(boolean wallClock) {
    this.wallClock = wallClock;
  }

  /** The time of a frame that was captured at a moment. */
  Instant ofFrame(Instant captured) {
    Instant micros = captured.truncatedTo(ChronoUnit.MICROS);
    last = last == null || micros.isAfter(last) ? micros : last.plus(1, ChronoUnit.MICROS);
    return last;
  }

  /** The time of a sign of life at a moment. */
  Instant ofSign(Instant moment) {
    Instant micros = moment.truncatedTo(ChronoUnit.MICROS);
    last = last == null || micros.isAfter(last) ? micros : last;
    return last;
  }

  /** The last time given out; null before the first. */
  Instant last() {
    return last;
  }

  /**
   * What is odd about a moment, to be asked before it is used. Said once, until it is something
   * else or a moment is plausible again.
   */
  Optional<String> complaint(Instant moment) {
    Oddity found = find(moment);
    boolean news = found != oddity;
    oddity = found;
    return news ? Optional.ofNullable(text(moment)) : Optional.empty();
  }

  private Oddity find(Instant moment) {
    if (wallClock && moment.isBefore(CLOCKS_ARE_LATER)) {
      return Oddity.NEVER_SET;
    }
    Duration step = last == null ? Duration.ZERO : Duration.between(last, moment);
    if (step.compareTo(BACKWARDS.negated()) < 0) {
      return Oddity.WENT_BACK;
    }
    return step.compareTo(FORWARDS) > 0 ? Oddity.JUMPED : Oddity.NONE;
  }

  private String text(Instant moment) {
    return switch (oddity) {
      case NONE -> null;
      case NEVER_SET ->
          "this machine's clock says %s. Set it: event time follows it.".formatted(moment);
      case WENT_BACK ->
          "capture time went back from %s to %s. Event time stands still until it has caught up."
              .formatted(last, moment);
      case JUMPED ->
          "capture time jumped from %s to %s. Event time follows it and cannot go back."
              .formatted(last, moment);
    };
  }
}
