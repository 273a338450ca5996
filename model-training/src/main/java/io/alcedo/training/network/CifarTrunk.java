package io.alcedo.training.network;

import io.alcedo.training.ops.Conv;
import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.Initializer.Fan;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.Ops;
import java.util.List;

/**
 * Trunk of the residual network for 32×32 pictures (He et al. 2015, section 4.2): three stages of n
 * basic blocks, shortcuts without parameters (option A). Names are those of the published CIFAR-10
 * checkpoints, whose new channels are zero on both sides of the old ones; the paper does not say
 * where they are.
 *
 * @param blocks n, residual blocks of each stage
 * @param width multiplies the published channel counts (16, 32, 64)
 * @param norm kind of the normalisations; the name is not used
 * @param residual whether blocks have shortcuts; without them it is the paper's plain network, with
 *     the same layers and parameters
 */
public record CifarTrunk(int blocks, double width, Norm norm, boolean residual) implements Trunk {
  static final Initializer HE = Initializer.heNormal(Fan.IN);
  private static final int[] PLANES = {16, 32, 64};

  public CifarTrunk {
    if (blocks < 1) {
      throw new IllegalArgumentException("%d blocks, expected 1 or more".formatted(blocks));
    }
  }

  /**
   * The trunk of a network of 6n + 2 layers.
   *
   * @throws IllegalArgumentException if there is no such network
   */
  public static CifarTrunk ofDepth(int depth, double width, Norm norm, boolean residual) {
    if (depth % 6 != 2) {
      throw new IllegalArgumentException("depth is %d, expected 6n + 2".formatted(depth));
    }
    return new CifarTrunk(depth / 6, width, norm, residual);
  }

  @Override
  public int channels() {
    return planes(PLANES.length - 1);
  }

  /** Every stage has twice the channels of the one before. */
  private int planes(int stage) {
    int first = Math.max(8, (int) Math.round(PLANES[0] * width / 8) * 8);
    return first << stage;
  }

  @Override
  public <T> T pooled(Ops<T> ops, T image) {
    Conv first = Conv.same("conv1", 3, planes(0), 3, 1, HE);
    T x = ops.relu(ops.convNorm(image, first, norm.named("bn1"))); // [N, planes, H, W]
    for (int stage = 0; stage < PLANES.length; stage++) {
      x = stage(ops, x, stage); // [N, planes, H / 2^stage, W / 2^stage]
    }
    return ops.averagePool(x); // [N, channels]
  }

  private <T> T stage(Ops<T> ops, T x, int stage) {
    return ops.scope(
        "layer" + (stage + 1),
        () -> {
          T y = x;
          for (int block = 0; block < blocks; block++) {
            T input = y;
            int in = planes(block == 0 ? Math.max(0, stage - 1) : stage);
            y = ops.scope(String.valueOf(block), () -> block(ops, input, in, planes(stage)));
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
