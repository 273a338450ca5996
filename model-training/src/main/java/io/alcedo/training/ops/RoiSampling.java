package io.alcedo.training.ops;

import java.util.Arrays;

/**
 * RoIAlign (aligned = false) as a sparse matrix: every output bin is a weighted sum of pixels of
 * the feature map seen as rows [N·H·W, C]. One {@code embedding_bag} over it is exact,
 * differentiable and handles any sampling ratio.
 */
final class RoiSampling {
  private final int height;
  private final int width;
  private final RoiAlign align;
  private long[] pixels = new long[1 << 12];
  private float[] weights = new float[1 << 12];
  private long[] starts;
  private int size;

  /**
   * Lays out the sum.
   *
   * @param rois [R, 4] px of the image
   * @param image [R]
   * @param height of the feature map
   * @param width of the feature map
   */
  RoiSampling(float[] rois, long[] image, int height, int width, RoiAlign align) {
    this.height = height;
    this.width = width;
    this.align = align;
    starts = new long[image.length * align.size() * align.size()];
    int bin = 0;
    for (int roi = 0; roi < image.length; roi++) {
      bin = addRoi(rois, 4 * roi, image[roi], bin);
    }
  }

  /** Row of the feature map of every term. */
  long[] pixels() {
    return Arrays.copyOf(pixels, size);
  }

  /** Weight of every term. */
  float[] weights() {
    return Arrays.copyOf(weights, size);
  }

  /** Where each bin's terms begin; bins in the order roi, row, column. */
  long[] starts() {
    return starts;
  }

  private int addRoi(float[] rois, int at, long image, int firstBin) {
    float scale = (float) align.scale();
    float left = rois[at] * scale;
    float top = rois[at + 1] * scale;
    float binWidth = Math.max(rois[at + 2] * scale - left, 1f) / align.size();
    float binHeight = Math.max(rois[at + 3] * scale - top, 1f) / align.size();
    int across = align.samplingRatio() > 0 ? align.samplingRatio() : (int) Math.ceil(binWidth);
    int down = align.samplingRatio() > 0 ? align.samplingRatio() : (int) Math.ceil(binHeight);
    long base = image * height * width;
    int bin = firstBin;
    for (int row = 0; row < align.size(); row++) {
      for (int column = 0; column < align.size(); column++) {
        starts[bin++] = size;
        for (int i = 0; i < down; i++) {
          float y = top + row * binHeight + (i + 0.5f) * binHeight / down;
          for (int j = 0; j < across; j++) {
            float x = left + column * binWidth + (j + 0.5f) * binWidth / across;
            addSample(base, x, y, 1f / (down * across));
          }
        }
      }
    }
    return bin;
  }

  /** Bilinear sample; nothing outside by more than a pixel. NaN fails every comparison. */
  private void addSample(long base, float sampleX, float sampleY, float share) {
    if (!(sampleY >= -1 && sampleY <= height && sampleX >= -1 && sampleX <= width)) {
      return;
    }
    float y = Math.max(sampleY, 0);
    float x = Math.max(sampleX, 0);
    int y0 = (int) y;
    int x0 = (int) x;
    int y1 = y0 + 1;
    int x1 = x0 + 1;
    if (y0 >= height - 1) {
      y0 = height - 1;
      y1 = y0;
      y = y0;
    }
    if (x0 >= width - 1) {
      x0 = width - 1;
      x1 = x0;
      x = x0;
    }
    float fy = y - y0;
    float fx = x - x0;
    addTerm(base + (long) y0 * width + x0, (1 - fy) * (1 - fx) * share);
    addTerm(base + (long) y0 * width + x1, (1 - fy) * fx * share);
    addTerm(base + (long) y1 * width + x0, fy * (1 - fx) * share);
    addTerm(base + (long) y1 * width + x1, fy * fx * share);
  }

  private void addTerm(long pixel, float weight) {
    if (weight == 0) {
      return;
    }
    if (size == pixels.length) {
      pixels = Arrays.copyOf(pixels, 2 * size);
      weights = Arrays.copyOf(weights, 2 * size);
    }
    pixels[size] = pixel;
    weights[size++] = weight;
  }
}
