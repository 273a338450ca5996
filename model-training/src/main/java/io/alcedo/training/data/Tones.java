package io.alcedo.training.data;

/** Changes of RGB pixels in place, as Pillow computes them. */
final class Tones {
  private static final int MIDDLE = 128;

  private Tones() {}

  /** ITU-R 601 luma of the pixel that begins at an index, 0 to 255. */
  static int luma(byte[] pixels, int i) {
    int r = pixels[i] & 0xff;
    int g = pixels[i + 1] & 0xff;
    int b = pixels[i + 2] & 0xff;
    return (19595 * r + 38470 * g + 7471 * b + 0x8000) >> 16;
  }

  /** Every pixel becomes its luma. */
  static void grey(byte[] pixels) {
    for (int i = 0; i < pixels.length; i += 3) {
      byte luma = (byte) luma(pixels, i);
      pixels[i] = luma;
      pixels[i + 1] = luma;
      pixels[i + 2] = luma;
    }
  }

  /** Values from 128 on are inverted. */
  static void solarize(byte[] pixels) {
    for (int i = 0; i < pixels.length; i++) {
      int value = pixels[i] & 0xff;
      if (value >= MIDDLE) {
        pixels[i] = (byte) (255 - value);
      }
    }
  }

  /** Nearest value that a byte can hold. */
  static byte level(double value) {
    return (byte) Math.max(0, Math.min(255, (int) (value + 0.5)));
  }
}
