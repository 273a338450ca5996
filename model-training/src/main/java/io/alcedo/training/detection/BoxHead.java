package io.alcedo.training.detection;

import io.alcedo.training.ops.Conv;
import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.Initializer.Fan;
import io.alcedo.training.ops.Linear;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.Ops;

/**
 * Classifies regions and refines their boxes (Girshick 2015): two layers or, as Li et al. 2021 have
 * it, convolutions and one layer; then two predictions.
 */
record BoxHead(RegionCnnConfig config) {
  /** Bins a side of the regions it sees. */
  static final int POOLED = 7;

  private static final Initializer INIT = Initializer.linearDefault();
  private static final Initializer HE = Initializer.heNormal(Fan.OUT);

  /**
   * Predictions.
   *
   * @param logits [R, classes]
   * @param deltas [R, 4 · classes], of each class
   */
  record Output<T>(T logits, T deltas) {}

  <T> Output<T> predict(Ops<T> ops, T pooled) {
    int hidden = config.boxes().features();
    T features =
        ops.scope(
            "box_head",
            () ->
                config.boxes().convolutions() == 0
                    ? layers(ops, pooled, hidden)
                    : convolutions(ops, pooled, hidden)); // [R, hidden]
    int classes = config.classes();
    return ops.scope(
        "box_predictor",
        () ->
            new Output<>(
                ops.linear(features, new Linear("cls_score", hidden, classes, INIT)),
                ops.linear(features, new Linear("bbox_pred", hidden, 4 * classes, INIT))));
  }

  private <T> T layers(Ops<T> ops, T pooled, int hidden) {
    int in = flattened();
    T flat = ops.reshape(pooled, -1, in); // [R, C*7*7]
    T x = ops.relu(ops.linear(flat, new Linear("fc6", in, hidden, INIT)));
    return ops.relu(ops.linear(x, new Linear("fc7", hidden, hidden, INIT)));
  }

  private <T> T convolutions(Ops<T> ops, T pooled, int hidden) {
    int channels = config.pyramid().channels();
    int count = config.boxes().convolutions();
    Conv conv = Conv.same("0", channels, channels, 3, 1, HE);
    T x = pooled;
    for (int i = 0; i < count; i++) {
      T input = x;
      x = ops.relu(ops.scope(String.valueOf(i), () -> ops.convNorm(input, conv, Norm.batch("1"))));
    }
    T flat = ops.reshape(x, -1, flattened());
    // torchvision's sequence has a flattening between the convolutions and the layer.
    String name = String.valueOf(count + 1);
    return ops.relu(ops.linear(flat, new Linear(name, flattened(), hidden, INIT)));
  }

  private int flattened() {
    return config.pyramid().channels() * POOLED * POOLED;
  }
}
