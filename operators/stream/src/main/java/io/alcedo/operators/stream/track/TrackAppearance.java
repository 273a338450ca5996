package io.alcedo.operators.stream.track;

import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;

/**
 * What a track looks like: the exponential moving average of what it looked like so far (BoT-SORT,
 * Aharon et al. 2022). Two encoders' vectors are never compared nor mixed.
 *
 * @param encoder name@sha256 prefix
 * @param vector [d], of length 1
 */
public record TrackAppearance(String encoder, float[] vector) {
  /** Below that of any pair of vectors. */
  static final double UNKNOWN = -2;

  /** Of an object of a line; null where no encoder looked at it. */
  static TrackAppearance of(DetectionLine line, DetectedObject object) {
    return line.encoder() == null || object.appearance() == null
        ? null
        : new TrackAppearance(line.encoder(), object.appearance().vector());
  }

  /** The cosine with another, or {@link #UNKNOWN} where another encoder saw that. */
  double likeness(TrackAppearance other) {
    return isComparable(other) ? dot(vector, other.vector) : UNKNOWN;
  }

  /**
   * After it was seen once more; what another encoder saw takes its place.
   *
   * @param memory share of this that stays
   */
  TrackAppearance seeing(TrackAppearance seen, double memory) {
    if (!isComparable(seen)) {
      return seen;
    }
    float[] mean = new float[vector.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (memory * vector[i] + (1 - memory) * seen.vector[i]);
    }
    double length = Math.sqrt(dot(mean, mean));
    if (length == 0) {
      return seen; // they were opposite: what it looked like says nothing any more
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (mean[i] / length);
    }
    return new TrackAppearance(encoder, mean);
  }

  private boolean isComparable(TrackAppearance other) {
    return encoder.equals(other.encoder) && vector.length == other.vector.length;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
