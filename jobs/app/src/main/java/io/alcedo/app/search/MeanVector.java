package io.alcedo.app.search;

import io.alcedo.app.index.VectorEntry;
import io.alcedo.connectors.InvalidInputException;
import java.util.List;

/** The direction in which vectors point together. */
final class MeanVector {
  private MeanVector() {}

  /**
   * The mean of some vectors, made of length 1 again.
   *
   * @param entries at least one
   * @throws InvalidInputException if they cancel each other out
   */
  static float[] of(List<VectorEntry> entries) {
    double[] sums = new double[entries.get(0).vector().length];
    for (VectorEntry entry : entries) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += entry.vector()[i];
      }
    }
    double square = 0;
    for (double sum : sums) {
      square += sum * sum;
    }
    if (square < 1e-12) {
      throw new InvalidInputException(
          "the %d vectors of track '%s' cancel each other out. Search by one of its crops."
              .formatted(entries.size(), entries.get(0).facts().track()));
    }
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / Math.sqrt(square));
    }
    return mean;
  }
}
