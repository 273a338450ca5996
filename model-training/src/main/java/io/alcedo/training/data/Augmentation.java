package io.alcedo.training.data;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.image.LetterboxPixels;
import io.alcedo.training.detection.DetectionTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Turns a sample into a picture on the canvas with its truth: as serving would place it, or
 * mirrored, scaled, cropped and with other colours.
 *
 * @param width of the canvas, px
 * @param height of the canvas, px
 * @param minScale of the picture over its letterboxed size
 * @param maxScale of the same
 * @param colorJitter whether colours change
 */
public record Augmentation(
    int width, int height, double minScale, double maxScale, boolean colorJitter) {
  /** Objects with a shorter side, px of the canvas, are neither learned nor background. */
  private static final double MIN_SIDE = 4;

  /** Of which less than this share is left after cropping, likewise. */
  private static final double MIN_SHARE = 0.35;

  /**
   * A picture ready for a batch.
   *
   * @param pixels [height, width, 3] RGB
   * @param width of the canvas, px
   * @param height of the canvas, px
   * @param trueWidth of the picture inside the canvas, px
   * @param trueHeight of the same
   */
  public record Placed(
      byte[] pixels,
      int width,
      int height,
      int trueWidth,
      int trueHeight,
      DetectionTarget target) {}

  /** How the picture lies on the canvas: canvas = picture × scale − offset, mirrored first. */
  private record Placement(
      double scaleX,
      double scaleY,
      double left,
      double top,
      int width,
      int height,
      boolean mirror) {}

  /** As serving places it. */
  public Placed plain(DetectionSample sample) {
    try (Mat canvas = new Mat(height, width, CV_8UC3)) {
      var fit = LetterboxPixels.place(sample.picture(), canvas);
      Placement placement =
          new Placement(
              (double) fit.width() / sample.picture().cols(),
              (double) fit.height() / sample.picture().rows(),
              0,
              0,
              fit.width(),
              fit.height(),
              false);
      return placed(rgb(canvas), placement, sample);
    }
  }

  /** A random view. */
  public Placed random(DetectionSample sample, RandomGenerator random) {
    Placement placement = draw(sample.picture(), random);
    try (Mat canvas = new Mat(height, width, CV_8UC3, new Scalar(0, 0, 0, 0))) {
      paste(sample.picture(), placement, canvas);
      byte[] pixels = rgb(canvas);
      if (colorJitter) {
        new ColorJitter(random).apply(pixels);
      }
      return placed(pixels, placement, sample);
    }
  }

  private Placed placed(byte[] pixels, Placement placement, DetectionSample sample) {
    return new Placed(
        pixels, width, height, placement.width(), placement.height(), target(sample, placement));
  }

  private Placement draw(Mat picture, RandomGenerator random) {
    double fit = Math.min((double) width / picture.cols(), (double) height / picture.rows());
    double share = random.nextDouble();
    double scale = fit * minScale * Math.pow(maxScale / minScale, share);
    int scaledWidth = Math.max(1, (int) Math.round(picture.cols() * scale));
    int scaledHeight = Math.max(1, (int) Math.round(picture.rows() * scale));
    int visibleWidth = Math.min(width, scaledWidth);
    int visibleHeight = Math.min(height, scaledHeight);
    return new Placement(
        (double) scaledWidth / picture.cols(),
        (double) scaledHeight / picture.rows(),
        random.nextInt(scaledWidth - visibleWidth + 1),
        random.nextInt(scaledHeight - visibleHeight + 1),
        visibleWidth,
        visibleHeight,
        random.nextBoolean());
  }

  private static void paste(Mat picture, Placement placement, Mat canvas) {
    try (Mat scaled = scaled(picture, placement);
        Mat view =
            new Mat(
                scaled,
                new Rect(
                    (int) placement.left(),
                    (int) placement.top(),
                    placement.width(),
                    placement.height()));
        Mat target = new Mat(canvas, new Rect(0, 0, placement.width(), placement.height()))) {
      view.copyTo(target);
    }
  }

  /** The picture, or a mask, at the placement's scale, mirrored if it says so. */
  private static Mat scaled(Mat picture, Placement placement) {
    int w = (int) Math.round(picture.cols() * placement.scaleX());
    int h = (int) Math.round(picture.rows() * placement.scaleY());
    Mat scaled = new Mat();
    int interpolation =
        picture.channels() == 1
            ? INTER_NEAREST
            : placement.scaleX() < 1 ? INTER_AREA : INTER_LINEAR;
    try (Size size = new Size(w, h)) {
      resize(picture, scaled, size, 0, 0, interpolation);
    }
    if (placement.mirror()) {
      flip(scaled, scaled, 1);
    }
    return scaled;
  }

  private DetectionTarget target(DetectionSample sample, Placement placement) {
    List<Box> boxes = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<byte[]> masks = new ArrayList<>();
    List<Box> ignored = new ArrayList<>();
    boolean masked = sample.objects().stream().anyMatch(object -> object.mask() != null);
    for (SampleObject object : sample.objects()) {
      Box whole = move(object.box(), placement, sample.picture().cols());
      Box visible = whole.clip(placement.width(), placement.height());
      if (visible.area() <= 0) {
        continue;
      }
      boolean tooLittle =
          Math.min(visible.width(), visible.height()) < MIN_SIDE
              || visible.area() < MIN_SHARE * whole.area();
      if (object.ignored() || tooLittle || (masked && object.mask() == null)) {
        ignored.add(visible);
        continue;
      }
      boxes.add(visible);
      labels.add(object.label());
      if (masked) {
        masks.add(mask(object, placement));
      }
    }
    return new DetectionTarget(
        corners(boxes),
        labels.stream().mapToInt(Integer::intValue).toArray(),
        masked ? masks.toArray(byte[][]::new) : null,
        corners(ignored));
  }

  private static Box move(Box box, Placement placement, int pictureWidth) {
    double x = placement.mirror() ? pictureWidth - box.right() : box.x();
    return new Box(
        x * placement.scaleX() - placement.left(),
        box.y() * placement.scaleY() - placement.top(),
        box.width() * placement.scaleX(),
        box.height() * placement.scaleY());
  }

  private byte[] mask(SampleObject object, Placement placement) {
    byte[] whole = object.mask().decode();
    byte[] placed = new byte[width * height];
    try (BytePointer bytes = new BytePointer(whole);
        Mat mask = new Mat(object.mask().height(), object.mask().width(), CV_8UC1, bytes);
        Mat scaled = scaled(mask, placement);
        Mat view =
            new Mat(
                    scaled,
                    new Rect(
                        (int) placement.left(),
                        (int) placement.top(),
                        placement.width(),
                        placement.height()))
                .clone()) {
      byte[] rows = new byte[placement.width() * placement.height()];
      view.data().get(rows);
      for (int y = 0; y < placement.height(); y++) {
        System.arraycopy(rows, y * placement.width(), placed, y * width, placement.width());
      }
    }
    return placed;
  }

  private static float[] corners(List<Box> boxes) {
    float[] corners = new float[4 * boxes.size()];
    for (int i = 0; i < boxes.size(); i++) {
      corners[4 * i] = (float) boxes.get(i).x();
      corners[4 * i + 1] = (float) boxes.get(i).y();
      corners[4 * i + 2] = (float) boxes.get(i).right();
      corners[4 * i + 3] = (float) boxes.get(i).bottom();
    }
    return corners;
  }

  private static byte[] rgb(Mat bgr) {
    byte[] pixels = new byte[bgr.rows() * bgr.cols() * 3];
    bgr.data().get(pixels);
    for (int i = 0; i < pixels.length; i += 3) {
      byte blue = pixels[i];
      pixels[i] = pixels[i + 2];
      pixels[i + 2] = blue;
    }
    return pixels;
  }
}
