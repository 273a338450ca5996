package io.alcedo.training.network;

import io.alcedo.training.ops.Conv;
import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.Linear;
import io.alcedo.training.ops.Ops;

/**
 * Plain rectifier network without normalisation, for small pictures: three stages of 3×3
 * convolutions with 32, 64 and 128 channels, each of which begins with stride 2, and three fully
 * connected layers, as many as in the 30-layer network of He et al. 2015b ("Delving Deep into
 * Rectifiers", section 2.2, figure 3). Only its first weights decide whether it learns.
 *
 * @param depth layers with weights, 3n + 3
 * @param side of the pictures, px, a multiple of 8
 * @param classes size of the answer
 * @param weight how every layer's weights begin; biases of convolutions begin at 0
 */
public record RectifierNet(int depth, int side, int classes, Initializer weight) {
  private static final int[] PLANES = {32, 64, 128};
  private static final int FULLY_CONNECTED = 3;
  private static final int UNITS = 128;

  public RectifierNet {
    if (depth < 6 || depth % 3 != 0) {
      throw new IllegalArgumentException(
          "depth is %d, expected 6 or more, a multiple of 3".formatted(depth));
    }
    if (side < 8 || side % 8 != 0) {
      throw new IllegalArgumentException("side is %d, expected a multiple of 8".formatted(side));
    }
    if (classes < 1) {
      throw new IllegalArgumentException("%d classes, expected 1 or more".formatted(classes));
    }
  }

  /**
   * Scores before the softmax.
   *
   * @param image [N, 3, side, side], normalised
   * @return [N, classes]
   */
  public <T> T logits(Ops<T> ops, T image) {
    T x = convolutions(ops, image); // [N, 128, side / 8, side / 8]
    int features = PLANES[2] * (side / 8) * (side / 8);
    T y = ops.reshape(x, -1, features);
    y = ops.relu(ops.linear(y, new Linear("fc1", features, UNITS, weight)));
    y = ops.relu(ops.linear(y, new Linear("fc2", UNITS, UNITS, weight)));
    return ops.linear(y, new Linear("fc3", UNITS, classes, weight));
  }

  private <T> T convolutions(Ops<T> ops, T image) {
    int ofStage = (depth - FULLY_CONNECTED) / PLANES.length;
    T x = image;
    int in = 3;
    for (int i = 0; i < ofStage * PLANES.length; i++) {
      int out = PLANES[i / ofStage];
      int stride = i % ofStage == 0 ? 2 : 1;
      x = ops.relu(ops.conv(x, Conv.same("conv" + (i + 1), in, out, 3, stride, weight).withBias()));
      in = out;
    }
    return x;
  }
}
