package io.alcedo.connectors.camera;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.image.Jpeg;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Encodes pictures for records of limited size. One that is too large is encoded again at a lower
 * quality, by 20 each time down to {@value #LOWEST_QUALITY}: a picture of a crowd in the rain is
 * better coarse than missing.
 */
final class JpegEncoder {
  /** Below it blocks show, and a picture that is still too large should rather be shrunk. */
  static final int LOWEST_QUALITY = 30;

  private static final int STEP = 20;

  /** Key, headers and Kafka's own frame around the picture. */
  private static final int RECORD_OVERHEAD = 1024;

  private final JpegSettings settings;
  private final int maxBytes;

  /** A picture as it travels. */
  record Encoded(byte[] jpeg, int width, int height, int quality) {}

  JpegEncoder(JpegSettings settings, int maxRecordBytes) {
    this.settings = settings;
    this.maxBytes = maxRecordBytes - RECORD_OVERHEAD;
  }

  /** The quality that was asked for. */
  int quality() {
    return settings.quality();
  }

  /**
   * Encodes a picture.
   *
   * @param pixels [h, w, 3] BGR
   * @throws InvalidInputException if it is too large at the lowest quality
   */
  Encoded encode(Mat pixels) {
    if (settings.maxWidth() == 0 || pixels.cols() <= settings.maxWidth()) {
      return fit(pixels);
    }
    double scale = (double) settings.maxWidth() / pixels.cols();
    try (Mat small = new Mat();
        Size size =
            new Size(settings.maxWidth(), Math.max(1, (int) Math.round(pixels.rows() * scale)))) {
      resize(pixels, small, size, 0, 0, INTER_AREA);
      return fit(small);
    }
  }

  private Encoded fit(Mat pixels) {
    int quality = settings.quality();
    byte[] jpeg = Jpeg.encode(pixels, quality);
    while (jpeg.length > maxBytes && quality > LOWEST_QUALITY) {
      quality = Math.max(LOWEST_QUALITY, quality - STEP);
      jpeg = Jpeg.encode(pixels, quality);
    }
    if (jpeg.length > maxBytes) {
      throw new InvalidInputException(
          "a picture of %d x %d px takes %d bytes as JPEG of quality %d, but kafka.maxRecordBytes leaves %d for it. Set the camera's jpeg.maxWidth, or raise kafka.maxRecordBytes."
              .formatted(pixels.cols(), pixels.rows(), jpeg.length, quality, maxBytes));
    }
    return new Encoded(jpeg, pixels.cols(), pixels.rows(), quality);
  }
}
