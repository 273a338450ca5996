package io.alcedo.training.ops;

import java.util.Arrays;

/**
 * Greedy non-maximum suppression in the order of ONNX Runtime: image, class, score descending, ties
 * by lower index. Overlap is compared with {@code >}, in float32.
 */
final class NmsKernel {
  private NmsKernel() {}

  /**
   * Suppresses within each image and class.
   *
   * @param boxes [images, count, 4] x1, y1, x2, y2
   * @param scores [images, classes, count]
   * @return [S, 3] image, class, box
   */
  static long[] run(
      float[] boxes,
      float[] scores,
      int images,
      int classes,
      int count,
      float iouThreshold,
      float scoreThreshold) {
    long[] selected = new long[3 * images * classes * count];
    int size = 0;
    int[] kept = new int[count];
    for (int image = 0; image < images; image++) {
      for (int label = 0; label < classes; label++) {
        int[] order = order(scores, (image * classes + label) * count, count, scoreThreshold);
        int keptCount = 0;
        for (int candidate : order) {
          if (!overlaps(boxes, image * count, candidate, kept, keptCount, iouThreshold)) {
            kept[keptCount++] = candidate;
            selected[size++] = image;
            selected[size++] = label;
            selected[size++] = candidate;
          }
        }
      }
    }
    return Arrays.copyOf(selected, size);
  }

  /** Indices of the scores above the threshold, best first, ties by lower index. */
  private static int[] order(float[] scores, int offset, int count, float threshold) {
    long[] keys = new long[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (scores[offset + i] > threshold) {
        keys[size++] = (long) ~sortable(scores[offset + i]) << 32 | i;
      }
    }
    Arrays.sort(keys, 0, size);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }

  /** Bits whose signed order is the order of the floats. */
  private static int sortable(float value) {
    int bits = Float.floatToIntBits(value);
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }

  private static boolean overlaps(
      float[] boxes, int base, int candidate, int[] kept, int keptCount, float threshold) {
    int a = 4 * (base + candidate);
    float area = (boxes[a + 2] - boxes[a]) * (boxes[a + 3] - boxes[a + 1]);
    for (int i = 0; i < keptCount; i++) {
      int b = 4 * (base + kept[i]);
      float width = Math.min(boxes[a + 2], boxes[b + 2]) - Math.max(boxes[a], boxes[b]);
      float height = Math.min(boxes[a + 3], boxes[b + 3]) - Math.max(boxes[a + 1], boxes[b + 1]);
      if (width > 0 && height > 0) {
        float intersection = width * height;
        float other = (boxes[b + 2] - boxes[b]) * (boxes[b + 3] - boxes[b + 1]);
        if (intersection / (area + other - intersection) > threshold) {
          return true;
        }
      }
    }
    return false;
  }
}
