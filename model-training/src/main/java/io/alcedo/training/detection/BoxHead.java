package io.alcedo.training.detection;

import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.Linear;
import io.alcedo.training.ops.Ops;

/** Classifies regions and refines their boxes (Girshick 2015): two layers, two predictions. */
record BoxHead(RegionCnnConfig config) {
  /** Bins a side of the regions it sees. */
  static final int POOLED = 7;

  private static final Initializer INIT = Initializer.linearDefault();

  /**
   * Predictions.
   *
   * @param logits [R, classes]
   * @param deltas [R, 4 · classes], of each class
   */
  record Output<T>(T logits, T deltas) {}

  <T> Output<T> predict(Ops<T> ops, T pooled) {
    int in = config.pyramidChannels() * POOLED * POOLED;
    int hidden = config.boxFeatures();
    T flat = ops.reshape(pooled, -1, in); // [R, C*7*7]
    T features =
        ops.scope(
            "box_head",
            () -> {
              T x = ops.relu(ops.linear(flat, new Linear("fc6", in, hidden, INIT)));
              return ops.relu(ops.linear(x, new Linear("fc7", hidden, hidden, INIT)));
            });
    int classes = config.classes();
    return ops.scope(
        "box_predictor",
        () ->
            new Output<>(
                ops.linear(features, new Linear("cls_score", hidden, classes, INIT)),
                ops.linear(features, new Linear("bbox_pred", hidden, 4 * classes, INIT))));
  }
}
