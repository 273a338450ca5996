package io.alcedo.app.bench.index;

import java.util.Arrays;

/**
 * How long searches took.
 *
 * @param p50 ms
 * @param p99 ms
 * @param count of searches
 */
record Latencies(double p50, double p99, int count) {
  static Latencies of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Latencies(
        sorted[sorted.length / 2] / 1e6,
        sorted[(int) (0.99 * (sorted.length - 1))] / 1e6,
        sorted.length);
  }
}
