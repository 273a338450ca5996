package io.alcedo.training.train;

/**
 * Learning rate over the steps: linear warm-up, then half a cosine down to a fiftieth.
 *
 * @param rate the highest
 * @param warmup steps
 * @param steps in all
 */
public record Schedule(double rate, int warmup, int steps) {
  private static final double LAST = 0.02;

  /** The rate of a step, from 0. */
  public double at(int step) {
    if (step < warmup) {
      return rate * (step + 1) / warmup;
    }
    double progress = (double) (step - warmup) / Math.max(1, steps - warmup);
    return rate * (LAST + (1 - LAST) * (1 + Math.cos(Math.PI * progress)) / 2);
  }
}
