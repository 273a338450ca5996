package io.alcedo.training.detection;

import io.alcedo.training.ops.Conv;
import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.Initializer.Fan;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.Ops;

/** Predicts a mask for every class of a region (He et al. 2017, figure 4, right). */
record MaskHead(RegionCnnConfig config) {
  /** Bins a side of the regions it sees. */
  static final int POOLED = 14;

  /** Side of the masks it gives. */
  static final int SIDE = 2 * POOLED;

  private static final Initializer HE = Initializer.heNormal(Fan.OUT);

  /**
   * Detectron2's ({@code mask_head.py}), not torchvision's: He's rule over the fan-out of two
   * classes gives a deviation of 1, and the first steps then kill most of the head's units.
   */
  private static final Initializer SCORES = Initializer.normal(0.001);

  /** Logits [R, classes, 28, 28] of pooled regions [R, C, 14, 14]. */
  <T> T logits(Ops<T> ops, T pooled) {
    int channels = config.masks().channels();
    T features =
        ops.scope(
            "mask_head",
            () -> {
              T x = pooled;
              int in = config.pyramid().channels();
              for (int i = 0; i < config.masks().convolutions(); i++) {
                Conv conv = Conv.same("0", in, channels, 3, 1, HE);
                T input = x;
                x = ops.relu(ops.scope(String.valueOf(i), () -> unit(ops, input, conv)));
                in = channels;
              }
              return x;
            });
    return ops.scope(
        "mask_predictor",
        () -> {
          Conv grow = new Conv("conv5_mask", channels, channels, 2, 2, 0, true, HE);
          Conv score = Conv.same("mask_fcn_logits", channels, config.classes(), 1, 1, SCORES);
          return ops.conv(ops.relu(ops.convTranspose(features, grow)), score.withBias());
        });
  }

  private <T> T unit(Ops<T> ops, T x, Conv conv) {
    return config.masks().normalized()
        ? ops.convNorm(x, conv, Norm.batch("1"))
        : ops.conv(x, conv.withBias());
  }

  /**
   * Probabilities of the predicted class.
   *
   * @param logits [M, classes, 28, 28]
   * @param labels [M] int64
   * @return [M, 28, 28]
   */
  <T> T probabilities(Ops<T> ops, T logits, T labels) {
    long[] ids = new long[config.classes()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i;
    }
    T wanted = ops.equal(ops.unsqueeze(labels, 1), ops.constant(ids, 1, ids.length)); // [M, C]
    T plane = ops.unsqueeze(ops.unsqueeze(wanted, 2), 3); // [M, C, 1, 1]
    T lowest = ops.constant(new float[] {Float.NEGATIVE_INFINITY});
    return ops.sigmoid(ops.reduceMax(ops.where(plane, logits, lowest), 1));
  }
}
