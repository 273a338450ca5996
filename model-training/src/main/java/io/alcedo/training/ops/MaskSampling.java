package io.alcedo.training.ops;

/** RoIAlign of a single mask on the heap: what a mask head is trained towards. */
public final class MaskSampling {
  private MaskSampling() {}

  /**
   * Pools a mask inside a box, adaptive sampling, aligned = false.
   *
   * @param mask row-major, height × width, 0 or 1
   * @param box x1, y1, x2, y2
   * @param size bins a side
   * @param out receives size × size values from 0 to 1 at an offset
   */
  public static void sample(
      byte[] mask, int height, int width, float[] box, int size, float[] out, int outAt) {
    RoiSampling sampling =
        new RoiSampling(box, new long[] {0}, height, width, new RoiAlign(size, 0, 1));
    long[] pixels = sampling.pixels();
    float[] weights = sampling.weights();
    long[] starts = sampling.starts();
    for (int bin = 0; bin < starts.length; bin++) {
      int end = bin + 1 < starts.length ? (int) starts[bin + 1] : pixels.length;
      float sum = 0;
      for (int i = (int) starts[bin]; i < end; i++) {
        sum += mask[(int) pixels[i]] != 0 ? weights[i] : 0;
      }
      out[outAt + bin] = sum;
    }
  }
}
