package io.alcedo.training.detection;

import io.alcedo.training.ops.Ops;

/** Arithmetic on boxes x1, y1, x2, y2 in the last dimension. */
final class Boxes {
  private Boxes() {}

  /** Boxes with scores of which some were taken out: box 0, score −1. */
  record Checked<T>(T boxes, T scores) {}

  /**
   * Cuts boxes at the edges of their picture.
   *
   * @param sizes width, height, width, height, broadcast
   */
  static <T> T clip(Ops<T> ops, T boxes, T sizes) {
    return ops.min(ops.max(boxes, ops.constant(new float[] {0})), sizes);
  }

  /**
   * Takes out boxes with a side below a limit. A box that is not a number fails every comparison,
   * so it goes as well and one broken picture cannot spoil its neighbours' batch.
   *
   * @param boxes [..., 4] of the given rank
   * @param scores [...]
   */
  static <T> Checked<T> dropSmall(Ops<T> ops, T boxes, T scores, float minSide, int rank) {
    int last = rank - 1;
    T width = ops.sub(ops.slice(boxes, last, 2, 3), ops.slice(boxes, last, 0, 1));
    T height = ops.sub(ops.slice(boxes, last, 3, 4), ops.slice(boxes, last, 1, 2));
    T limit = ops.constant(new float[] {minSide});
    T large =
        ops.and(ops.greaterOrEqual(width, limit), ops.greaterOrEqual(height, limit)); // [..., 1]
    // As 0 or 1 without its last dimension: the maximum over one element.
    T flags =
        ops.reduceMax(
            ops.where(large, ops.constant(new float[] {1}), ops.constant(new float[] {0})), last);
    T keep = ops.greater(flags, ops.constant(new float[] {0.5f}));
    return new Checked<>(
        ops.where(large, boxes, ops.constant(new float[] {0})),
        ops.where(keep, scores, ops.constant(new float[] {-1})));
  }

  /** Scores [K] with all but the chosen indices [S] set to −1. */
  static <T> T keepOnly(Ops<T> ops, T scores, T chosen) {
    T nothing =
        ops.where(
            ops.greater(scores, ops.constant(new float[] {Float.POSITIVE_INFINITY})),
            scores,
            ops.constant(new float[] {-1}));
    return ops.scatter(nothing, chosen, ops.gather(scores, chosen));
  }
}
