package io.alcedo.operators.stream.analytics;

import io.alcedo.connectors.event.AnalyticsRow.Dwell;
import java.util.Arrays;

/**
 * Durations of which quantiles are wanted: each of them, or from {@link #MOST} on how many fall
 * into each of fixed bins, whose borders grow by a twentieth. So the result does not depend on the
 * order in which they came, nor on how they were put together.
 *
 * @param values seconds, sorted; empty once they are binned
 * @param bins counts; empty before
 */
public record Durations(double[] values, long[] bins) {
  /** As many are kept one by one. */
  static final int MOST = 10_000;

  static final Durations NONE = new Durations(new double[0], new long[0]);

  private static final double FIRST = 0.01; // s
  private static final double GROWTH = 1.05;
  private static final int BINS = 420; // to some 80 days

  /** These and one more. */
  Durations with(double seconds) {
    return with(new Durations(new double[] {seconds}, new long[0]));
  }

  /** These and others. */
  Durations with(Durations others) {
    if (bins.length == 0
        && others.bins.length == 0
        && values.length + others.values.length <= MOST) {
      double[] all = Arrays.copyOf(values, values.length + others.values.length);
      System.arraycopy(others.values, 0, all, values.length, others.values.length);
      Arrays.sort(all);
      return new Durations(all, bins);
    }
    long[] sum = binned();
    long[] add = others.binned();
    for (int i = 0; i < BINS; i++) {
      sum[i] += add[i];
    }
    return new Durations(new double[0], sum);
  }

  private long[] binned() {
    if (bins.length > 0) {
      return bins.clone();
    }
    long[] counts = new long[BINS];
    for (double value : values) {
      int bin = value <= FIRST ? 0 : (int) Math.ceil(Math.log(value / FIRST) / Math.log(GROWTH));
      counts[Math.min(BINS - 1, bin)]++;
    }
    return counts;
  }

  /** How many, and how long; a quantile is the least value that so many do not exceed. */
  Dwell dwell() {
    long count = values.length;
    for (long of : bins) {
      count += of;
    }
    return count == 0
        ? new Dwell(0, 0, 0, 0, 0)
        : new Dwell(
            count,
            quantile(0.5, count),
            quantile(0.9, count),
            quantile(0.99, count),
            quantile(1, count));
  }

  private double quantile(double share, long count) {
    long rank = Math.max(1, (long) Math.ceil(share * count));
    if (bins.length == 0) {
      return values[(int) rank - 1];
    }
    long seen = 0;
    int bin = -1;
    while (seen < rank) {
      bin++;
      seen += bins[bin];
    }
    return FIRST * Math.pow(GROWTH, bin);
  }
}
