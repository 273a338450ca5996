package io.alcedo.connectors.image;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.Placement;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The pixels of a {@link Placement}: averaged where the picture shrinks (bilinear would alias from
 * a factor of two on), bilinear where it grows.
 */
public final class PlacedPixels {
  private PlacedPixels() {}

  /** Which part of the canvas the picture covers; the caller closes it. */
  public static Rect covered(Placement fit) {
    int left = Math.max(0, fit.left());
    int top = Math.max(0, fit.top());
    int right = Math.min(fit.canvas().width(), fit.left() + fit.scaled().width());
    int bottom = Math.min(fit.canvas().height(), fit.top() + fit.scaled().height());
    return new Rect(left, top, right - left, bottom - top);
  }

  /**
   * Fits a picture into a canvas.
   *
   * @param picture [h, w] of any type
   * @param canvas [canvas h, canvas w] of the same type; overwritten in place, black around
   */
  public static void place(Mat picture, Mat canvas, Placement fit) {
    try (Rect inside = covered(fit)) {
      blackenAround(canvas, inside);
      try (Mat target = new Mat(canvas, inside)) {
        if (fit.left() >= 0 && fit.top() >= 0) {
          scale(picture, target, fit.scaled());
        } else {
          try (Mat part = part(picture, fit)) {
            part.copyTo(target);
          }
        }
      }
    }
  }

  /**
   * The part of the scaled picture that the canvas shows, as a picture of its own; the caller
   * closes it. Where nothing is scaled or cropped it shares the picture's pixels.
   */
  public static Mat part(Mat picture, Placement fit) {
    try (Mat whole = new Mat();
        Rect inside = covered(fit);
        Rect window =
            new Rect(
                inside.x() - fit.left(), inside.y() - fit.top(), inside.width(), inside.height())) {
      if (fit.scaled().equals(fit.source())) {
        return new Mat(picture, window);
      }
      scale(picture, whole, fit.scaled());
      return new Mat(whole, window);
    }
  }

  private static void scale(Mat picture, Mat target, Placement.Size scaled) {
    // What shrinks in one direction and grows in the other does so in this order: OpenCV averages
    // only where it shrinks in both.
    int width = Math.min(scaled.width(), picture.cols());
    int height = Math.min(scaled.height(), picture.rows());
    boolean shrinks = width < picture.cols() || height < picture.rows();
    boolean grows = width < scaled.width() || height < scaled.height();
    try (Size least = new Size(width, height);
        Size size = new Size(scaled.width(), scaled.height())) {
      if (shrinks && grows) {
        try (Mat smaller = new Mat()) {
          resize(picture, smaller, least, 0, 0, INTER_AREA);
          resize(smaller, target, size, 0, 0, INTER_LINEAR);
        }
      } else if (shrinks || grows) {
        resize(picture, target, size, 0, 0, shrinks ? INTER_AREA : INTER_LINEAR);
      } else {
        picture.copyTo(target);
      }
    }
  }

  private static void blackenAround(Mat canvas, Rect inside) {
    int right = inside.x() + inside.width();
    int bottom = inside.y() + inside.height();
    blacken(canvas, 0, 0, canvas.cols(), inside.y());
    blacken(canvas, 0, bottom, canvas.cols(), canvas.rows() - bottom);
    blacken(canvas, 0, inside.y(), inside.x(), inside.height());
    blacken(canvas, right, inside.y(), canvas.cols() - right, inside.height());
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

  /**
   * The whole pixels of a picture that a box touches, at least one; what lies outside is cut off.
   * The caller closes it.
   *
   * @param box px of the picture
   */
  public static Rect window(Box box, Mat picture) {
    Box inside = box.clip(picture.cols(), picture.rows());
    int x = Math.min((int) inside.x(), picture.cols() - 1);
    int y = Math.min((int) inside.y(), picture.rows() - 1);
    int right = Math.max(x + 1, (int) Math.ceil(inside.right()));
    int bottom = Math.max(y + 1, (int) Math.ceil(inside.bottom()));
    return new Rect(x, y, right - x, bottom - y);
  }
}
