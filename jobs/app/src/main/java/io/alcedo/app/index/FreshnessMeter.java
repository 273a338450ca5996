package io.alcedo.app.index;

import io.alcedo.app.index.IndexStatus.Freshness;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How long after its frame was published each vector could be found, of the last ones. */
final class FreshnessMeter {
  private static final int LAST = 1000;

  private final Clock clock;
  private final List<Instant> hidden = new ArrayList<>();
  private final long[] millis = new long[LAST];
  private int next;
  private int count;

  FreshnessMeter(Clock clock) {
    this.clock = clock;
  }

  /** A vector was written, and cannot be found yet. */
  synchronized void written(Instant published) {
    hidden.add(published);
  }

  /** All that was written can be found. */
  synchronized void shown() {
    Instant now = clock.instant();
    for (Instant published : hidden) {
      millis[next] = Math.max(0, now.toEpochMilli() - published.toEpochMilli());
      next = (next + 1) % LAST;
      count = Math.min(LAST, count + 1);
    }
    hidden.clear();
  }

  /** Null if nothing was shown. */
  synchronized Freshness report() {
    if (count == 0) {
      return null;
    }
    long[] sorted = Arrays.copyOf(millis, count);
    Arrays.sort(sorted);
    return new Freshness(
        count, sorted[(count - 1) / 2], sorted[(count * 99 - 1) / 100], sorted[count - 1]);
  }
}
