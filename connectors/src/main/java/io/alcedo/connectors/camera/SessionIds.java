package io.alcedo.connectors.camera;

import com.github.f4b6a3.ulid.UlidFactory;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Names sessions: ULIDs, each greater than the one before as text, within a process even if its
 * clock goes back. One for all publishers of a process.
 */
public final class SessionIds {
  private final Clock clock;
  private final UlidFactory ulids;
  private long latestMillis;

  public SessionIds(Clock clock, RandomGenerator random) {
    this.clock = clock;
    LongSupplier bits = random::nextLong;
    LongSupplier millis = this::millis;
    ulids = UlidFactory.newMonotonicInstance(bits, millis);
  }

  /** The next session's id. */
  public synchronized String next() {
    return ulids.create().toString();
  }

  /** The factory alone would follow a clock that goes back by more than ten seconds. */
  private synchronized long millis() {
    latestMillis = Math.max(latestMillis, clock.millis());
    return latestMillis;
  }
}
