package io.alcedo.training.train;

import io.alcedo.training.data.Augmentation.Placed;
import io.alcedo.training.ops.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Pictures on the canvas as a network takes them. */
final class PlacedBatch {
  private PlacedBatch() {}

  /** [N, H, W, 3] RGB from 0 to 255. */
  static Tensor pictures(List<Placed> batch) {
    Placed first = batch.get(0);
    float[] values = new float[batch.size() * first.pixels().length];
    int at = 0;
    for (Placed placed : batch) {
      for (byte level : placed.pixels()) {
        values[at++] = level & 0xff;
      }
    }
    return Tensors.of(values, batch.size(), first.height(), first.width(), 3);
  }

  /** [N, 4] width, height, width, height of the true pictures, px. */
  static Tensor sizes(List<Placed> batch) {
    float[] sizes = new float[4 * batch.size()];
    for (int i = 0; i < sizes.length; i++) {
      Placed placed = batch.get(i / 4);
      sizes[i] = i % 2 == 0 ? placed.trueWidth() : placed.trueHeight();
    }
    return Tensors.of(sizes, batch.size(), 4);
  }
}
