package io.alcedo.training.network;

import io.alcedo.training.ops.Conv;
import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.Initializer.Fan;
import io.alcedo.training.ops.Linear;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.Ops;
import java.util.List;

/**
 * Residual network for 32×32 pictures (He et al. 2015, section 4.2): 6n + 2 layers, three stages of
 * n basic blocks, 16, 32 and 64 channels, shortcuts without parameters (option A). Names are those
 * of the published CIFAR-10 checkpoints, whose new channels are zero on both sides of the old ones;
 * the paper does not say where they are.
 *
 * @param blocks n, residual blocks of each stage
 * @param classes size of the answer
 * @param norm kind of the normalisations; the name is not used
 * @param residual whether blocks have shortcuts; without them it is the paper's plain network, with
 *     the same layers and parameters
 */
public record CifarResNet(int blocks, int classes, Norm norm, boolean residual) {
  /** Layers of the published networks. */
  public static final List<Integer> DEPTHS = List.of(20, 32, 44, 56, 110);

  private static final Initializer HE = Initializer.heNormal(Fan.IN);
  private static final int[] PLANES = {16, 32, 64};

  public CifarResNet {
    if (blocks < 1 || classes < 1) {
      throw new IllegalArgumentException(
          "%d blocks and %d classes, expected 1 or more".formatted(blocks, classes));
    }
  }

  /** The residual network of 6n + 2 layers with batch norms. */
  public static CifarResNet ofDepth(int depth, int classes) {
    return ofDepth(depth, classes, Norm.batch(""), true);
  }

  /** The network of 6n + 2 layers. */
  public static CifarResNet ofDepth(int depth, int classes, Norm norm, boolean residual) {
    if (depth % 6 != 2) {
      throw new IllegalArgumentException("depth is %d, expected 6n + 2".formatted(depth));
    }
    return new CifarResNet(depth / 6, classes, norm, residual);
  }

  /**
   * Scores before the softmax.
   *
   * @param image [N, 3, 32, 32], normalised by ImageNet's mean and deviation
   * @return [N, classes]
   */
  public <T> T logits(Ops<T> ops, T image) {
    Conv first = Conv.same("conv1", 3, PLANES[0], 3, 1, HE);
    T x = ops.relu(ops.convNorm(image, first, norm.named("bn1"))); // [N, 16, 32, 32]
    for (int stage = 0; stage < PLANES.length; stage++) {
      x = stage(ops, x, stage); // [N, planes, 32 / 2^stage, 32 / 2^stage]
    }
    T pooled = ops.averagePool(x); // [N, 64]
    return ops.linear(pooled, new Linear("linear", PLANES[2], classes, HE));
  }

  private <T> T stage(Ops<T> ops, T x, int stage) {
    return ops.scope(
        "layer" + (stage + 1),
        () -> {
          T y = x;
          for (int block = 0; block < blocks; block++) {
            T input = y;
            int in = block == 0 ? PLANES[Math.max(0, stage - 1)] : PLANES[stage];
            y = ops.scope(String.valueOf(block), () -> block(ops, input, in, PLANES[stage]));
          }
          return y;
        });
  }

  private <T> T block(Ops<T> ops, T x, int in, int out) {
    int stride = in == out ? 1 : 2;
    T y = ops.relu(unit(ops, x, 1, in, out, stride));
    y = unit(ops, y, 2, out, out, 1);
    if (!residual) {
      return ops.relu(y);
    }
    return ops.relu(ops.join(y, stride == 1 ? x : widened(ops, x, out - in)));
  }

  private <T> T unit(Ops<T> ops, T x, int index, int in, int out, int stride) {
    Conv conv = Conv.same("conv" + index, in, out, 3, stride, HE);
    return ops.convNorm(x, conv, norm.named("bn" + index));
  }

  /** Every second pixel, with zero channels before and after the old ones. */
  private static <T> T widened(Ops<T> ops, T x, int channels) {
    T half = ops.maxPool(x, 1, 2, 0); // [N, in, H/2, W/2]
    T zeros = ops.mul(ops.slice(half, 1, 0, channels / 2), ops.constant(new float[] {0}, 1));
    return ops.concat(List.of(zeros, half, zeros), 1);
  }
}
