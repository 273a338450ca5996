package io.alcedo.training.data;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.image.PlacedPixels;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A decoded picture on the heap.
 *
 * @param rgb [height, width, 3]
 * @param width px
 * @param height px
 */
public record Picture(byte[] rgb, int width, int height) {
  public Picture {
    if (rgb.length != 3 * width * height) {
      throw new IllegalArgumentException(
          "%d bytes for %d x %d px".formatted(rgb.length, width, height));
    }
  }

  /**
   * Decodes a JPEG, PNG or what else OpenCV reads.
   *
   * @param name of the picture in messages
   * @throws InvalidInputException if it is no picture
   */
  public static Picture decode(byte[] file, String name) {
    try (BytePointer pointer = new BytePointer(file);
        Mat encoded = new Mat(1, file.length, CV_8UC1, pointer);
        Mat bgr = file.length == 0 ? new Mat() : imdecode(encoded, IMREAD_COLOR)) {
      if (bgr.empty()) {
        throw new InvalidInputException(
            name + ": is no picture that can be decoded. Remove it or save it again.");
      }
      byte[] pixels = new byte[3 * bgr.rows() * bgr.cols()];
      bgr.data().get(pixels);
      swapRedAndBlue(pixels);
      return new Picture(pixels, bgr.cols(), bgr.rows());
    }
  }

  /**
   * The whole pixels that a box touches.
   *
   * @param bgr [h, w, 3] uint8
   * @param box px of it
   */
  static Picture cut(Mat bgr, Box box) {
    try (Rect window = PlacedPixels.window(box, bgr);
        Mat part = new Mat(bgr, window);
        Mat alone = part.clone()) {
      byte[] pixels = new byte[3 * alone.cols() * alone.rows()];
      alone.data().get(pixels);
      swapRedAndBlue(pixels);
      return new Picture(pixels, alone.cols(), alone.rows());
    }
  }

  /** This picture as a JPEG of high quality. */
  public byte[] jpeg() {
    byte[] pixels = rgb.clone();
    swapRedAndBlue(pixels);
    try (BytePointer bytes = new BytePointer(pixels);
        Mat bgr = new Mat(height, width, CV_8UC3, bytes)) {
      return EncodedPicture.jpeg(bgr).bytes();
    }
  }

  /** A part of it, brought to another size; averages areas where it shrinks. */
  public Picture resized(
      int left, int top, int partWidth, int partHeight, int toWidth, int toHeight) {
    byte[] pixels = new byte[3 * toWidth * toHeight];
    int interpolation = toWidth < partWidth ? INTER_AREA : INTER_LINEAR;
    try (BytePointer bytes = new BytePointer(rgb);
        Mat whole = new Mat(height, width, CV_8UC3, bytes);
        Rect rectangle = new Rect(left, top, partWidth, partHeight);
        Mat part = new Mat(whole, rectangle);
        Mat scaled = new Mat();
        Size size = new Size(toWidth, toHeight)) {
      resize(part, scaled, size, 0, 0, interpolation);
      scaled.data().get(pixels);
    }
    return new Picture(pixels, toWidth, toHeight);
  }

  /**
   * A window of it, black where it reaches beyond.
   *
   * @param mirrored left and right change places
   */
  Picture window(int left, int top, int windowWidth, int windowHeight, boolean mirrored) {
    byte[] pixels = new byte[3 * windowWidth * windowHeight];
    for (int y = Math.max(0, -top); y < Math.min(windowHeight, height - top); y++) {
      for (int x = Math.max(0, -left); x < Math.min(windowWidth, width - left); x++) {
        int to = 3 * (y * windowWidth + (mirrored ? windowWidth - 1 - x : x));
        int from = 3 * ((y + top) * width + x + left);
        pixels[to] = rgb[from];
        pixels[to + 1] = rgb[from + 1];
        pixels[to + 2] = rgb[from + 2];
      }
    }
    return new Picture(pixels, windowWidth, windowHeight);
  }

  private static void swapRedAndBlue(byte[] pixels) {
    for (int i = 0; i < pixels.length; i += 3) {
      byte blue = pixels[i];
      pixels[i] = pixels[i + 2];
      pixels[i + 2] = blue;
    }
  }
}
