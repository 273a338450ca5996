package io.alcedo.training.data;

import java.util.random.RandomGenerator;

/**
 * Random brightness, contrast, saturation and hue, in a random order (torchvision's {@code
 * ColorJitter}).
 *
 * @param brightness b: the factor is from max(0, 1 − b) to 1 + b
 * @param contrast likewise
 * @param saturation likewise
 * @param hue h: the hue turns by −h to h of a circle, at most 0.5
 */
public record RandomColors(double brightness, double contrast, double saturation, double hue) {
  private static final int STEPS = 4;

  /** Changes RGB pixels in place. */
  void apply(byte[] pixels, RandomGenerator random) {
    int[] order = {0, 1, 2, 3};
    for (int i = STEPS - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    double[] amounts = {
      factor(brightness, random),
      factor(contrast, random),
      factor(saturation, random),
      hue * (2 * random.nextDouble() - 1)
    };
    for (int step : order) {
      change(pixels, step, amounts[step]);
    }
  }

  private static double factor(double range, RandomGenerator random) {
    double least = Math.max(0, 1 - range);
    return least + (1 + range - least) * random.nextDouble();
  }

  private static void change(byte[] pixels, int step, double amount) {
    switch (step) {
      case 0 -> blend(pixels, 0, amount);
      case 1 -> blend(pixels, meanLuma(pixels), amount);
      case 2 -> saturate(pixels, amount);
      default -> turnHue(pixels, amount);
    }
  }

  private static double meanLuma(byte[] pixels) {
    long sum = 0;
    for (int i = 0; i < pixels.length; i += 3) {
      sum += Tones.luma(pixels, i);
    }
    return Math.floor(3.0 * sum / pixels.length + 0.5);
  }

  private static void blend(byte[] pixels, double towards, double factor) {
    byte[] table = new byte[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = Tones.level(towards + factor * (value - towards));
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = table[pixels[i] & 0xff];
    }
  }

  private static void saturate(byte[] pixels, double factor) {
    for (int i = 0; i < pixels.length; i += 3) {
      int luma = Tones.luma(pixels, i);
      for (int c = i; c < i + 3; c++) {
        pixels[c] = Tones.level(luma + factor * ((pixels[c] & 0xff) - luma));
      }
    }
  }

  /** Through hue, saturation and value, of which the last two stay. */
  private static void turnHue(byte[] pixels, double turn) {
    for (int i = 0; i < pixels.length; i += 3) {
      double r = pixels[i] & 0xff;
      double g = pixels[i + 1] & 0xff;
      double b = pixels[i + 2] & 0xff;
      double most = Math.max(r, Math.max(g, b));
      double range = most - Math.min(r, Math.min(g, b));
      if (range > 0) {
        double sixth = 6 * turn + sixth(r, g, b, most, range);
        pixels[i] = Tones.level(channel(5, sixth, most, range));
        pixels[i + 1] = Tones.level(channel(3, sixth, most, range));
        pixels[i + 2] = Tones.level(channel(1, sixth, most, range));
      }
    }
  }

  /** Hue in sixths of a circle, from red by green to blue. */
  private static double sixth(double r, double g, double b, double most, double range) {
    if (most == r) {
      return (g - b) / range;
    }
    return most == g ? 2 + (b - r) / range : 4 + (r - g) / range;
  }

  /** A channel of a hue (A. R. Smith's hexcone without its six cases). */
  private static double channel(int offset, double sixth, double most, double range) {
    double k = sixth + offset;
    k -= 6 * Math.floor(k / 6);
    return most - range * Math.max(0, Math.min(1, Math.min(k, 4 - k)));
  }
}
