package io.alcedo.connectors.image;

import io.alcedo.connectors.geometry.Letterbox;
import org.bytedeco.opencv.opencv_core.Mat;

/** The pixels of a {@link Letterbox}: the one resize of training, calibration and evaluation. */
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
    PlacedPixels.place(picture, canvas, fit.placement());
    return fit;
  }
}
