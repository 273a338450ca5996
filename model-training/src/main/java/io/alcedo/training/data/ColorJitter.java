package io.alcedo.training.data;

import java.util.random.RandomGenerator;

/** Random brightness, contrast, saturation, colour cast and noise, as other cameras would have. */
final class ColorJitter {
  private final double gain;
  private final double contrast;
  private final double saturation;
  private final double[] cast = new double[3];
  private final double noise;
  private final RandomGenerator random;

  ColorJitter(RandomGenerator random) {
    this.random = random;
    gain = 1 + 0.4 * (2 * random.nextDouble() - 1);
    contrast = 1 + 0.3 * (2 * random.nextDouble() - 1);
    saturation = random.nextDouble() < 0.1 ? 0 : 1 + 0.4 * (2 * random.nextDouble() - 1);
    for (int c = 0; c < 3; c++) {
      cast[c] = 1 + 0.1 * (2 * random.nextDouble() - 1);
    }
    noise = random.nextDouble() < 0.3 ? 8 * random.nextDouble() : 0;
  }

  /** Changes RGB pixels in place. */
  void apply(byte[] pixels) {
    long state = random.nextLong() | 1;
    for (int i = 0; i < pixels.length; i += 3) {
      double r = pixels[i] & 0xff;
      double g = pixels[i + 1] & 0xff;
      double b = pixels[i + 2] & 0xff;
      if (r + g + b == 0) {
        continue; // the black around the picture stays black, as in serving
      }
      double gray = 0.299 * r + 0.587 * g + 0.114 * b;
      // xorshift: a full generator would cost more than all the rest.
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      double grain = noise * ((state >>> 40) * 0x1p-23 - 1);
      pixels[i] = level(r, gray, 0, grain);
      pixels[i + 1] = level(g, gray, 1, grain);
      pixels[i + 2] = level(b, gray, 2, grain);
    }
  }

  private byte level(double value, double gray, int channel, double grain) {
    double colored = gray + saturation * (value - gray);
    double exposed = (colored - 128) * contrast + 128;
    double result = exposed * gain * cast[channel] + grain;
    return (byte) Math.max(0, Math.min(255, Math.round(result)));
  }
}
