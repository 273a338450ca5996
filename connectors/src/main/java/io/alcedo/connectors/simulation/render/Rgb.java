package io.alcedo.connectors.simulation.render;

/** A colour in linear light: an albedo from 0 to 1, or a radiance without bound. */
public record Rgb(float r, float g, float b) {
  public static final Rgb BLACK = new Rgb(0, 0, 0);

  /** A colour as screens and paint charts give it: sRGB, 0xRRGGBB. */
  public static Rgb srgb(int hex) {
    return new Rgb(linear(hex >> 16), linear(hex >> 8), linear(hex));
  }

  public static Rgb grey(double value) {
    return new Rgb((float) value, (float) value, (float) value);
  }

  public Rgb times(double factor) {
    return new Rgb((float) (r * factor), (float) (g * factor), (float) (b * factor));
  }

  public Rgb times(Rgb other) {
    return new Rgb(r * other.r, g * other.g, b * other.b);
  }

  public Rgb plus(Rgb other) {
    return new Rgb(r + other.r, g + other.g, b + other.b);
  }

  public Rgb mix(Rgb other, double share) {
    return times(1 - share).plus(other.times(share));
  }

  public double luminance() {
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  private static float linear(int channel) {
    double value = (channel & 0xff) / 255.0;
    return (float)
        (value <= 0.04045 ? value / 12.92 : StrictMath.pow((value + 0.055) / 1.055, 2.4));
  }
}
