package io.alcedo.connectors.camera;

/**
 * How pictures are encoded.
 *
 * @param quality 1 to 100
 * @param maxWidth wider pictures are shrunk to it, px; 0 leaves them as they are
 */
public record JpegSettings(int quality, int maxWidth) {
  /** Detections of people hardly change above it, and the size does. */
  public static final JpegSettings DEFAULT = new JpegSettings(92, 0);

  public JpegSettings {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException(
          "jpeg.quality is %d, expected 1 to 100".formatted(quality));
    }
    if (maxWidth != 0 && maxWidth < 16) {
      throw new IllegalArgumentException(
          "jpeg.maxWidth is %d px, expected 0 (as it is) or at least 16".formatted(maxWidth));
    }
  }
}
