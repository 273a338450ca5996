package io.alcedo.training.quantization;

import io.alcedo.training.ops.UInt8Grid;
import java.util.Locale;

/** How the range of a grid is taken from the activations that were seen. */
public enum RangeEstimator {
  /** From the least to the greatest. */
  MIN_MAX {
    @Override
    public UInt8Grid grid(Histogram seen) {
      return UInt8Grid.over(seen.least(), seen.most());
    }
  },
  /** Without the outermost 0.01 % of all values on either side. */
  PERCENTILE {
    @Override
    public UInt8Grid grid(Histogram seen) {
      long spared = (long) (seen.total() * OUTSIDE);
      int low = 0;
      int high = seen.bins() - 1;
      for (long n = seen.count(low); n <= spared && low < seen.bins() / 2; ) {
        n += seen.count(++low);
      }
      for (long n = seen.count(high); n <= spared && high >= seen.bins() / 2; ) {
        n += seen.count(--high);
      }
      return UInt8Grid.over(
          Math.max(seen.least(), seen.middle(low) - seen.width() / 2),
          Math.min(seen.most(), seen.middle(high) + seen.width() / 2));
    }
  },
  /** With the least mean squared error of rounding and clipping together. */
  LEAST_SQUARES {
    @Override
    public UInt8Grid grid(Histogram seen) {
      double low = seen.least();
      double high = seen.most();
      double best = error(seen, low, high);
      // One end at a time, twice, since the step that both share links them.
      for (int round = 0; round < 2; round++) {
        for (int i = 1; i < CANDIDATES; i++) {
          double end = seen.most() * (1 - (double) i / CANDIDATES);
          double error = error(seen, low, end);
          if (error < best) {
            best = error;
            high = end;
          }
        }
        for (int i = 1; i < CANDIDATES; i++) {
          double end = seen.least() * (1 - (double) i / CANDIDATES);
          double error = error(seen, end, high);
          if (error < best) {
            best = error;
            low = end;
          }
        }
      }
      return UInt8Grid.over(low, high);
    }
  };

  private static final double OUTSIDE = 1e-4;
  private static final int CANDIDATES = 128;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The grid for what was seen. */
  public abstract UInt8Grid grid(Histogram seen);

  /** Squared error of all values on a grid from low to high: step² ÷ 12 inside, the gap outside. */
  static double error(Histogram seen, double low, double high) {
    double step = (high - low) / 255;
    double rounding = step * step / 12;
    double sum = 0;
    for (int bin = 0; bin < seen.bins(); bin++) {
      if (seen.count(bin) > 0) {
        double value = seen.middle(bin);
        double gap = value < low ? low - value : Math.max(0, value - high);
        sum += seen.count(bin) * (gap * gap + rounding);
      }
    }
    return sum;
  }
}
