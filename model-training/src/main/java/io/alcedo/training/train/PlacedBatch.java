package io.alcedo.training.train;

import io.alcedo.training.data.Augmentation.Placed;
import io.alcedo.training.ops.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Pictures on the canvas as a network takes them. */
final class PlacedBatch {
  private PlacedBatch() {}

  /** [N, H, W, 3] RGB from 0 to 255. */
  static Tensor pictures(List<Placed> batch) {
    Placed first = batch.get(0);
    int size = first.pixels().length;
    byte[] pixels = new byte[batch.size() * size];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(batch.get(i).pixels(), 0, pixels, i * size, size);
    }
    return Tensors.ofUnsigned(pixels, batch.size(), first.height(), first.width(), 3)
        .to(torch.ScalarType.Float);
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
