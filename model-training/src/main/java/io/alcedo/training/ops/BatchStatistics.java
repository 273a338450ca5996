package io.alcedo.training.ops;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Running statistics of a batch norm, which training updates.
 *
 * @param mean [C]
 * @param variance [C]
 */
record BatchStatistics(Norm norm, Tensor mean, Tensor variance) {
  /**
   * Normalises x [N, C] or [N, C, H, W].
   *
   * @param training by the batch's statistics, and update the running ones
   */
  Tensor normalize(Tensor x, TensorOptional scale, TensorOptional shift, boolean training) {
    return training && norm.kind() == Norm.Kind.SPLIT
        ? split(x, scale, shift)
        : batchNorm(x, scale, shift, mean, variance, training);
  }

  /** Each part on its own; the running statistics become the mean of what each would leave. */
  private Tensor split(Tensor x, TensorOptional scale, TensorOptional shift) {
    int parts = norm.groups();
    long size = x.size(0) / parts;
    if (size * parts != x.size(0)) {
      throw new IllegalArgumentException(
          "a batch of %d does not fall into %d equal parts".formatted(x.size(0), parts));
    }
    Tensor means = mean.repeat(parts, 1); // [parts, C]
    Tensor variances = variance.repeat(parts, 1);
    // One split, whose gradient is one concatenation; that of narrow is a whole batch of zeros.
    TensorVector pieces = x.split(size, 0);
    TensorVector normal = new TensorVector();
    for (int i = 0; i < parts; i++) {
      normal.push_back(
          batchNorm(pieces.get(i), scale, shift, means.select(0, i), variances.select(0, i), true));
    }
    try (NoGradGuard noGrad = new NoGradGuard()) {
      mean.copy_(means.mean(0));
      variance.copy_(variances.mean(0));
    }
    return torch.cat(normal, 0);
  }

  private Tensor batchNorm(
      Tensor x,
      TensorOptional scale,
      TensorOptional shift,
      Tensor runningMean,
      Tensor runningVariance,
      boolean training) {
    return torch.batch_norm(
        x,
        scale,
        shift,
        new TensorOptional(runningMean),
        new TensorOptional(runningVariance),
        training,
        Norm.MOMENTUM,
        norm.eps(),
        false);
  }
}
