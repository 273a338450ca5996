package io.alcedo.connectors.image;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Writes pictures as JPEG. */
public final class Jpeg {
  private Jpeg() {}

  /**
   * Encodes a picture.
   *
   * @param pixels [h, w, 3] BGR, uint8
   * @param quality 1 to 100
   */
  public static byte[] encode(Mat pixels, int quality) {
    try (BytePointer bytes = new BytePointer();
        IntPointer options = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
      if (!imencode(".jpg", pixels, bytes, options)) {
        throw new IllegalStateException(
            "OpenCV cannot encode a picture of %d x %d px as JPEG"
                .formatted(pixels.cols(), pixels.rows()));
      }
      byte[] jpeg = new byte[(int) bytes.limit()];
      bytes.get(jpeg);
      return jpeg;
    }
  }
}
