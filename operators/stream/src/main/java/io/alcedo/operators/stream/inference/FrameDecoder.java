package io.alcedo.operators.stream.inference;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes pictures to RGB. Safe for several threads.
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
   * Decodes a camera's picture. Orientation tags are ignored: boxes count the pixels as they are
   * coded.
   *
   * @return [h, w] of three channels, uint8; the caller closes it
   * @throws UndecodableFrameException with the reason, if the bytes are no picture or a picture
   *     that is too large
   */
  public Mat decode(byte[] jpeg) throws UndecodableFrameException {
    JpegHeader header = JpegHeader.read(jpeg);
    checkSize(header.width(), header.height());
    return decode(jpeg, "JPEG", IMREAD_COLOR_RGB | IMREAD_IGNORE_ORIENTATION);
  }

  /**
   * Decodes a picture that somebody gives, upright as its orientation tag says.
   *
   * @param picture JPEG or PNG; what shines through is lost
   * @return as of {@link #decode}
   * @throws UndecodableFrameException as {@link #decode}
   */
  public Mat decodeUpright(byte[] picture) throws UndecodableFrameException {
    if (PngHeader.begins(picture)) {
      PngHeader header = PngHeader.read(picture);
      checkSize(header.width(), header.height());
      return decode(picture, "PNG", IMREAD_COLOR_RGB);
    }
    JpegHeader header = JpegHeader.read(picture);
    checkSize(header.width(), header.height());
    return decode(picture, "JPEG", IMREAD_COLOR_RGB);
  }

  private static Mat decode(byte[] coded, String form, int flags) throws UndecodableFrameException {
    try (BytePointer bytes = new BytePointer(coded);
        Mat row = new Mat(1, coded.length, CV_8UC1, bytes)) {
      Mat picture = imdecode(row, flags);
      if (picture.empty()) {
        picture.close();
        throw new UndecodableFrameException("corrupt %s: the decoder refused it".formatted(form));
      }
      return picture;
    }
  }

  private void checkSize(int width, int height) throws UndecodableFrameException {
    if (Math.max(width, height) > maxSide) {
      throw new UndecodableFrameException(
          "%dx%d px: a side is over the limit of %d px".formatted(width, height, maxSide));
    }
    if ((long) width * height > maxPixels) {
      throw new UndecodableFrameException(
          "%dx%d px: over the limit of %d pixels".formatted(width, height, maxPixels));
    }
  }
}
