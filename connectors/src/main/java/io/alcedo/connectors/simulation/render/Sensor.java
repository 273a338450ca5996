package io.alcedo.connectors.simulation.render;

import java.util.random.RandomGenerator;

/**
 * From radiance to bytes, as a cheap surveillance camera does it: exposure, white balance, lens
 * falloff, a small blur or an over-sharpened edge, a tone curve, and noise that grows as the gain
 * does.
 */
public final class Sensor {
  private static final int CURVE = 4096;
  private static final int NOISE = 1 << 16;

  /**
   * A camera's traits.
   *
   * @param red gain of red against green
   * @param blue gain of blue against green
   * @param vignette share of light lost in the corners
   * @param sharpness weight of a pixel's neighbours taken away (over-sharpened) or, negative, given
   *     (blurred)
   * @param contrast 0 flat to 1 hard
   * @param saturation 1 true, 0 grey
   * @param noise standard deviation at unit gain, of 255
   * @param target mean level that exposure aims at, linear
   */
  public record Traits(
      double red,
      double blue,
      double vignette,
      double sharpness,
      double contrast,
      double saturation,
      double noise,
      double target) {}

  private final Traits traits;
  private final int width;
  private final int height;
  private final float[] falloff; // [height, width]
  private final float[] curve = new float[CURVE + 1]; // 0 to 255
  private final float[] grain = new float[NOISE]; // standard deviation 1
  private final float[] toned; // [height, width, 3] 0 to 255

  public Sensor(Traits traits, int width, int height, RandomGenerator random) {
    this.traits = traits;
    this.width = width;
    this.height = height;
    this.toned = new float[width * height * 3];
    this.falloff = falloff(width, height, traits.vignette());
    for (int i = 0; i <= CURVE; i++) {
      curve[i] = (float) (255 * tone((double) i / CURVE, traits.contrast()));
    }
    for (int i = 0; i < NOISE; i++) {
      double sum = -6;
      for (int k = 0; k < 12; k++) {
        sum += random.nextDouble();
      }
      grain[i] = (float) sum;
    }
  }

  private static float[] falloff(int width, int height, double vignette) {
    float[] out = new float[width * height];
    double corner = (width * width + height * height) / 4.0;
    for (int i = 0; i < out.length; i++) {
      double x = i % width + 0.5 - width / 2.0;
      int row = i / width;
      double y = row + 0.5 - height / 2.0;
      out[i] = (float) (1 - vignette * (x * x + y * y) / corner);
    }
    return out;
  }

  /**
   * Index is the square root of radiance over 2: fine steps in the dark, twice white at the top.
   */
  private static double tone(double index, double contrast) {
    double radiance = 2 * index * index;
    double shoulder =
        radiance < 0.6 ? radiance : 0.6 + 0.4 * (1 - StrictMath.exp(-(radiance - 0.6) / 0.4));
    double gamma = StrictMath.pow(shoulder, 1 / 2.2);
    double curved = gamma * gamma * (3 - 2 * gamma);
    return gamma + (curved - gamma) * contrast;
  }

  /** Gain that brings a picture's mean luminance to the target. */
  public double gain(float[] linear) {
    double sum = 0;
    for (int i = 0; i < linear.length; i += 3) {
      sum += Math.min(2, 0.2126 * linear[i] + 0.7152 * linear[i + 1] + 0.0722 * linear[i + 2]);
    }
    double mean = sum / (linear.length / 3.0);
    return traits.target() / Math.max(mean, 1e-4);
  }

  /**
   * Develops a picture.
   *
   * @param linear [height, width, 3] radiance, RGB
   * @param gain exposure
   * @param noiseGain how much the noise is amplified
   * @param bgr receives [height, width, 3] bytes
   */
  public void develop(
      float[] linear, double gain, double noiseGain, RandomGenerator random, byte[] bgr) {
    expose(linear, (float) gain);
    float weight = (float) traits.sharpness();
    float sigma = (float) (traits.noise() * noiseGain);
    int stride = width * 3;
    for (int y = 0; y < height; y++) {
      int above = y == 0 ? 0 : -stride;
      int below = y == height - 1 ? 0 : stride;
      int grainAt = random.nextInt(NOISE);
      for (int x = 0; x < width; x++) {
        int before = x == 0 ? 0 : -3;
        int after = x == width - 1 ? 0 : 3;
        int at = y * stride + x * 3;
        float luma = sigma * grain[grainAt++ & NOISE - 1];
        for (int c = 0; c < 3; c++, at++) {
          float middle = toned[at];
          float around =
              toned[at + above] + toned[at + below] + toned[at + before] + toned[at + after];
          float value = middle + weight * (4 * middle - around) / 4;
          float noise = luma + 0.5f * sigma * grain[grainAt * 3 + c * 7919 & NOISE - 1];
          bgr[y * stride + x * 3 + 2 - c] = clamp(value + noise);
        }
      }
    }
  }

  private void expose(float[] linear, float gain) {
    float red = (float) traits.red();
    float blue = (float) traits.blue();
    float saturation = (float) traits.saturation();
    for (int i = 0, at = 0; i < falloff.length; i++, at += 3) {
      float exposure = gain * falloff[i];
      float r = tone(linear[at] * exposure * red);
      float g = tone(linear[at + 1] * exposure);
      float b = tone(linear[at + 2] * exposure * blue);
      float grey = 0.3f * r + 0.59f * g + 0.11f * b;
      toned[at] = grey + (r - grey) * saturation;
      toned[at + 1] = grey + (g - grey) * saturation;
      toned[at + 2] = grey + (b - grey) * saturation;
    }
  }

  private float tone(float radiance) {
    float index = (float) Math.sqrt(Math.max(0, radiance) * 0.5f) * CURVE;
    return curve[Math.min(CURVE, (int) index)];
  }

  private static byte clamp(float value) {
    return (byte) (value <= 0 ? 0 : value >= 254.5f ? 255 : (int) (value + 0.5f));
  }
}
