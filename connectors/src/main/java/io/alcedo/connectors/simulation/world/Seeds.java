package io.alcedo.connectors.simulation.world;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Independent random streams from one seed: each thing draws from its own, so that none shifts
 * another's.
 */
public final class Seeds {
  private Seeds() {}

  /** A seed derived from another and a path of numbers (SplitMix64's finalizer). */
  public static long derive(long seed, long... path) {
    long mixed = mix(seed + 0x9E3779B97F4A7C15L);
    for (long step : path) {
      mixed = mix(mixed ^ mix(step + 0xD1B54A32D192ED03L));
    }
    return mixed;
  }

  /** A random stream of its own for one purpose. */
  public static RandomGenerator random(long seed, long... path) {
    return new SplittableRandom(derive(seed, path));
  }

  private static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
