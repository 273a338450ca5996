package io.alcedo.training.evaluation;

import io.alcedo.training.data.Picture;

/** What can be said of a picture of a person without having learned anything: to compare with. */
public enum PlainDescriptor {
  /** The picture itself, 8 × 16 px, its mean taken off. */
  PIXELS("raw pixels") {
    @Override
    float[] describe(Picture picture) {
      byte[] rgb = picture.resized(0, 0, picture.width(), picture.height(), 8, 16).rgb();
      float[] values = new float[rgb.length];
      float mean = 0;
      for (int i = 0; i < rgb.length; i++) {
        values[i] = rgb[i] & 0xff;
        mean += values[i] / rgb.length;
      }
      for (int i = 0; i < values.length; i++) {
        values[i] -= mean;
      }
      return values;
    }
  },
  /** How often each of 4³ colours comes in each third of the height; the root of it. */
  COLOURS("colour histogram") {
    @Override
    float[] describe(Picture picture) {
      float[] counts = new float[PARTS * LEVELS * LEVELS * LEVELS];
      for (int y = 0; y < picture.height(); y++) {
        int part = y * PARTS / picture.height();
        for (int x = 0; x < picture.width(); x++) {
          int at = 3 * (y * picture.width() + x);
          int color = 0;
          for (int channel = 0; channel < 3; channel++) {
            color = color * LEVELS + (picture.rgb()[at + channel] & 0xff) * LEVELS / 256;
          }
          counts[part * LEVELS * LEVELS * LEVELS + color]++;
        }
      }
      for (int i = 0; i < counts.length; i++) {
        counts[i] = (float) Math.sqrt(counts[i]);
      }
      return counts;
    }
  };

  private static final int PARTS = 3;
  private static final int LEVELS = 4;

  private final String title;

  PlainDescriptor(String title) {
    this.title = title;
  }

  /** For people. */
  public String title() {
    return title;
  }

  abstract float[] describe(Picture picture);

  /** A vector of length 1; zeros of a picture of one colour. */
  public float[] vector(Picture picture) {
    float[] values = describe(picture);
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    float length = (float) Math.sqrt(squares);
    for (int i = 0; i < values.length && length > 0; i++) {
      values[i] /= length;
    }
    return values;
  }
}
