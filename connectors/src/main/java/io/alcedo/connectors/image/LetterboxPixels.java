package io.alcedo.connectors.image;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.alcedo.connectors.geometry.Letterbox;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The pixels of a {@link Letterbox}: the one resize of training, calibration, evaluation and
 * serving. Averaging where the picture shrinks (bilinear would alias from a factor of two on),
 * bilinear where it grows.
 */
public final class LetterboxPixels {
  private LetterboxPixels() {}

  /**
   * Fits a picture into a canvas.
   *
   * @param picture [h, w] of any type
   * @param canvas [canvas h, canvas w] of the same type; overwritten in place, black around
   */
  public static Letterbox place(Mat picture, Mat canvas) {
    Letterbox fit = new Letterbox(picture.cols(), picture.rows(), canvas.cols(), canvas.rows());
    try (Rect inside = new Rect(0, 0, fit.width(), fit.height());
        Mat target = new Mat(canvas, inside);
        Size size = new Size(fit.width(), fit.height())) {
      int interpolation = fit.width() < picture.cols() ? INTER_AREA : INTER_LINEAR;
      resize(picture, target, size, 0, 0, interpolation);
    }
    blacken(canvas, fit.width(), 0, canvas.cols() - fit.width(), canvas.rows());
    blacken(canvas, 0, fit.height(), fit.width(), canvas.rows() - fit.height());
    return fit;
  }

  private static void blacken(Mat canvas, int x, int y, int width, int height) {
    if (width == 0 || height == 0) {
      return;
    }
    try (Rect outside = new Rect(x, y, width, height);
        Mat strip = new Mat(canvas, outside);
        Scalar black = new Scalar(0, 0, 0, 0);
        Mat value = new Mat(black)) {
      strip.setTo(value);
    }
  }
}
