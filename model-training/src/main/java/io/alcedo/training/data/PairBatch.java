package io.alcedo.training.data;

/**
 * Two views of each of several pictures.
 *
 * @param first [N] views
 * @param second other views of the same pictures, in the same order
 */
public record PairBatch(PictureBatch first, PictureBatch second) {
  public PairBatch {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          "%d and %d views of the same pictures".formatted(first.size(), second.size()));
    }
  }

  /** Number of pictures. */
  public int size() {
    return first.size();
  }
}
