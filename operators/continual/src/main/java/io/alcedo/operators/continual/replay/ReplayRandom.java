package io.alcedo.operators.continual.replay;

import java.util.random.RandomGenerator;

/**
 * SplitMix64 (Steele, Lea, Flood 2014), whose whole state is one number, so that a restored learner
 * draws what it would have drawn.
 */
public final class ReplayRandom implements RandomGenerator {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private long state;

  public ReplayRandom(long state) {
    this.state = state;
  }

  /** From which {@link #ReplayRandom} goes on. */
  public long state() {
    return state;
  }

  @Override
  public long nextLong() {
    state += STEP;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
