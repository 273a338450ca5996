package io.alcedo.training.quantization;

/**
 * Counts of values in bins of one width on both sides of 0. A value outside doubles the width until
 * it fits, so that nothing has to be known beforehand. Zeros, which rectifiers give in heaps and
 * every grid holds exactly, are not counted.
 */
public final class Histogram {
  private static final int SIDE = 2048;

  private final long[] counts = new long[2 * SIDE];
  private double width;
  private float least;
  private float most;
  private long total;

  /**
   * Adds values.
   *
   * @throws IllegalArgumentException if one is infinite or not a number
   */
  public void add(float[] values) {
    for (float value : values) {
      if (value != 0) {
        add(value);
      }
    }
    total += values.length;
  }

  private void add(float value) {
    if (value > most || value < least || !(Math.abs(value) <= Float.MAX_VALUE)) {
      extendTo(value);
    }
    counts[bin(value)]++;
  }

  private int bin(float value) {
    return Math.min(2 * SIDE - 1, Math.max(0, SIDE + (int) Math.floor(value / width)));
  }

  private void extendTo(float value) {
    if (!(Math.abs(value) <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("an activation is %s".formatted(value));
    }
    most = Math.max(most, value);
    least = Math.min(least, value);
    double reach = Math.max(most, -least);
    if (width == 0) {
      width = reach / SIDE;
    }
    while (width * SIDE < reach) {
      halve();
      width *= 2;
    }
  }

  /** Puts every two bins together, counted from the middle. */
  private void halve() {
    long[] merged = new long[2 * SIDE];
    for (int i = 0; i < 2 * SIDE; i++) {
      merged[SIDE + Math.floorDiv(i - SIDE, 2)] += counts[i];
    }
    System.arraycopy(merged, 0, counts, 0, 2 * SIDE);
  }

  /** Least of all values, or 0 if none is below. */
  public float least() {
    return least;
  }

  /** Greatest of all values, or 0 if none is above. */
  public float most() {
    return most;
  }

  /** Values added, zeros too. */
  public long total() {
    return total;
  }

  /** Number of bins, half of them below 0. */
  int bins() {
    return counts.length;
  }

  long count(int bin) {
    return counts[bin];
  }

  /** Middle of a bin. */
  double middle(int bin) {
    return (bin - SIDE + 0.5) * width;
  }

  double width() {
    return width;
  }
}
