package io.alcedo.training.network;

import io.alcedo.training.ops.Conv;
import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.Initializer.Fan;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.Ops;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual network trunk (He et al. 2015, section 3.3) with torchvision's parameter names; strides
 * of bottlenecks sit on the 3×3 convolution (v1.5). Convolutions begin by He's rule over fan-out
 * (He et al. 2015b, section 2.2).
 *
 * @param blocks residual blocks of each of the four stages
 * @param bottleneck three convolutions a block instead of two
 * @param width multiplies the published channel counts (64, 128, 256, 512)
 * @param norm kind of the normalisations; the name is not used
 */
public record ResNet(List<Integer> blocks, boolean bottleneck, double width, Norm norm)
    implements Trunk {
  /** Layers of the published networks. */
  public static final List<Integer> DEPTHS = List.of(18, 34, 50, 101, 152);

  private static final Initializer HE = Initializer.heNormal(Fan.OUT);
  private static final int[] PLANES = {64, 128, 256, 512};

  /**
   * A published depth with a width multiplier (He et al. 2015, table 1).
   *
   * @param depth one of {@link #DEPTHS}
   * @throws IllegalArgumentException if there is no such network
   */
  public static ResNet ofDepth(int depth, double width, Norm norm) {
    return switch (depth) {
      case 18 -> new ResNet(List.of(2, 2, 2, 2), false, width, norm);
      case 34 -> new ResNet(List.of(3, 4, 6, 3), false, width, norm);
      case 50 -> new ResNet(List.of(3, 4, 6, 3), true, width, norm);
      case 101 -> new ResNet(List.of(3, 4, 23, 3), true, width, norm);
      case 152 -> new ResNet(List.of(3, 8, 36, 3), true, width, norm);
      default ->
          throw new IllegalArgumentException(
              "depth is %d, expected one of %s".formatted(depth, DEPTHS));
    };
  }

  /** Channels that a stage (0 to 3) gives out. */
  public int channels(int stage) {
    return planes(stage) * (bottleneck ? 4 : 1);
  }

  @Override
  public int channels() {
    return channels(blocks.size() - 1);
  }

  private int planes(int stage) {
    // Multiples of 8 fill the vector units.
    return Math.max(8, (int) Math.round(PLANES[stage] * width / 8) * 8);
  }

  /**
   * The outputs of the four stages.
   *
   * @param image [N, 3, H, W], normalised
   * @return C2 to C5: [N, channels(i), H ÷ 2^(i+2), W ÷ 2^(i+2)]
   */
  public <T> List<T> features(Ops<T> ops, T image) {
    int stem = planes(0);
    Conv first = new Conv("conv1", 3, stem, 7, 2, 3, false, HE);
    T x = ops.relu(ops.convNorm(image, first, norm.named("bn1"))); // [N, stem, H/2, W/2]
    x = ops.tap("stem", ops.maxPool(x, 3, 2, 1)); // [N, stem, H/4, W/4]
    List<T> stages = new ArrayList<>();
    int in = stem;
    for (int stage = 0; stage < blocks.size(); stage++) {
      x = stage(ops, x, stage, in);
      in = channels(stage);
      stages.add(ops.tap("layer" + (stage + 1), x));
    }
    return stages;
  }

  @Override
  public <T> T pooled(Ops<T> ops, T image) {
    List<T> stages = features(ops, image);
    return ops.tap("pooled", ops.averagePool(stages.get(stages.size() - 1))); // [N, channels]
  }

  private <T> T stage(Ops<T> ops, T x, int stage, int in) {
    return ops.scope(
        "layer" + (stage + 1),
        () -> {
          T y = x;
          for (int block = 0; block < blocks.get(stage); block++) {
            int stride = block == 0 && stage > 0 ? 2 : 1;
            int channels = block == 0 ? in : channels(stage);
            T input = y;
            y = ops.scope(String.valueOf(block), () -> block(ops, input, stage, channels, stride));
          }
          return y;
        });
  }

  private <T> T block(Ops<T> ops, T x, int stage, int in, int stride) {
    T residual =
        bottleneck ? bottleneck(ops, x, stage, in, stride) : basic(ops, x, stage, in, stride);
    return ops.relu(ops.join(residual, shortcut(ops, x, stage, in, stride)));
  }

  private <T> T basic(Ops<T> ops, T x, int stage, int in, int stride) {
    int planes = planes(stage);
    T y = unit(ops, x, 1, in, planes, 3, stride);
    return unit(ops, ops.relu(y), 2, planes, planes, 3, 1);
  }

  private <T> T bottleneck(Ops<T> ops, T x, int stage, int in, int stride) {
    int planes = planes(stage);
    T y = ops.relu(unit(ops, x, 1, in, planes, 1, 1));
    y = ops.relu(unit(ops, y, 2, planes, planes, 3, stride));
    return unit(ops, y, 3, planes, channels(stage), 1, 1);
  }

  private <T> T unit(Ops<T> ops, T x, int index, int in, int out, int kernel, int stride) {
    return ops.convNorm(
        x, Conv.same("conv" + index, in, out, kernel, stride, HE), norm.named("bn" + index));
  }

  private <T> T shortcut(Ops<T> ops, T x, int stage, int in, int stride) {
    if (stride == 1 && in == channels(stage)) {
      return x;
    }
    Conv projection = Conv.same("0", in, channels(stage), 1, stride, HE);
    return ops.scope("downsample", () -> ops.convNorm(x, projection, norm.named("1")));
  }
}
