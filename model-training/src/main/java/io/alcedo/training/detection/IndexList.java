package io.alcedo.training.detection;

import io.alcedo.training.ops.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** Rows to pick, each with a value, that become two tensors. */
final class IndexList {
  private long[] rows = new long[256];
  private float[] values = new float[256];
  private int size;

  void add(long row, float value) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    rows[size] = row;
    values[size++] = value;
  }

  int size() {
    return size;
  }

  /** int64 [size]. */
  Tensor rows() {
    return Tensors.of(Arrays.copyOf(rows, size), size);
  }

  /** float [size]. */
  Tensor values() {
    return Tensors.of(Arrays.copyOf(values, size), size);
  }
}
