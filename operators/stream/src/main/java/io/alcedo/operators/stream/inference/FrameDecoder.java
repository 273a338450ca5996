package io.alcedo.operators.stream.inference;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes a JPEG to RGB. Orientation tags are ignored: boxes count the pixels as they are coded.
 * Safe for several threads.
 *
 * @param maxSide longest side that is accepted, px
 * @param maxPixels largest picture that is accepted, px
 */
public record FrameDecoder(int maxSide, long maxPixels) {
  /**
   * 16,384 px a side and 64 megapixels: more is no camera's picture, but an attack or a mistake.
   */
  public static final FrameDecoder DEFAULT = new FrameDecoder(16_384, 64_000_000);

  /**
   * Decodes one picture.
   *
   * @return [h, w] of three channels, uint8; the caller closes it
   * @throws UndecodableFrameException with the reason, if the bytes are no picture or a picture
   *     that is too large
   */
  public Mat decode(byte[] jpeg) throws UndecodableFrameException {
    checkSize(JpegHeader.read(jpeg));
    try (BytePointer bytes = new BytePointer(jpeg);
        Mat coded = new Mat(1, jpeg.length, CV_8UC1, bytes)) {
      Mat picture = imdecode(coded, IMREAD_COLOR_RGB | IMREAD_IGNORE_ORIENTATION);
      if (picture.empty()) {
        picture.close();
        throw new UndecodableFrameException("corrupt JPEG: the decoder refused it");
      }
      return picture;
    }
  }

  private void checkSize(JpegHeader header) throws UndecodableFrameException {
    if (Math.max(header.width(), header.height()) > maxSide) {
      throw new UndecodableFrameException(
          "%dx%d px: a side is over the limit of %d px"
              .formatted(header.width(), header.height(), maxSide));
    }
    if ((long) header.width() * header.height() > maxPixels) {
      throw new UndecodableFrameException(
          "%dx%d px: over the limit of %d pixels"
              .formatted(header.width(), header.height(), maxPixels));
    }
  }
}
