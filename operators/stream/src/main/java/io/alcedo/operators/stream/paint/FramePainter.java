package io.alcedo.operators.stream.paint;

import static org.bytedeco.opencv.global.opencv_core.CV_32SC2;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.addWeighted;
import static org.bytedeco.opencv.global.opencv_imgproc.CHAIN_APPROX_SIMPLE;
import static org.bytedeco.opencv.global.opencv_imgproc.FILLED;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.RETR_EXTERNAL;
import static org.bytedeco.opencv.global.opencv_imgproc.drawContours;
import static org.bytedeco.opencv.global.opencv_imgproc.fillPoly;
import static org.bytedeco.opencv.global.opencv_imgproc.findContours;
import static org.bytedeco.opencv.global.opencv_imgproc.getTextSize;
import static org.bytedeco.opencv.global.opencv_imgproc.polylines;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import io.alcedo.connectors.event.Attribute;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Draws what was found over a picture: masks, boxes and labels of objects from the display
 * threshold on, and of those that are followed, the zones and lines of the scene, and a banner
 * while an alert is fresh.
 *
 * @param displayThreshold objects below this score are not drawn
 */
public record FramePainter(double displayThreshold) {
  private static final Scalar WHITE = bgr(255, 255, 255);
  private static final Scalar DARK = bgr(40, 30, 24);
  private static final Scalar ALERT = bgr(40, 40, 230);
  private static final Scalar ZONE = bgr(60, 200, 250);
  private static final int[][] PALETTE = {
    {214, 120, 30}, {60, 160, 40}, {50, 80, 220}, {180, 60, 160}, {30, 170, 210}, {150, 150, 20}
  };

  /**
   * Draws over a picture.
   *
   * @param picture BGR, 8 bit, changed in place
   * @param numbers of the tracks, by the object's id; objects of one track have one colour
   * @param banner text of a fresh alert, or null
   */
  public void paint(
      Mat picture,
      DetectionLine line,
      Map<String, Integer> numbers,
      List<Figure> figures,
      String banner) {
    try (PointerScope scope = new PointerScope()) {
      for (Figure figure : figures) {
        paintFigure(picture, figure);
      }
      for (DetectedObject object : line.objects()) {
        Integer number = numbers.get(object.id());
        if (number != null || object.score() >= displayThreshold) {
          paintObject(picture, object, number);
        }
      }
      caption(picture, line);
      if (banner != null) {
        paintBanner(picture, banner);
      }
    }
  }

  private static void paintObject(Mat picture, DetectedObject object, Integer number) {
    Scalar color = colorOf(number == null ? object.label().hashCode() : number);
    if (object.mask() != null) {
      paintMask(picture, object.mask(), object.box(), color);
    }
    rectangle(picture, pixels(object.box(), picture), color, 2, LINE_AA, 0);
    label(
        picture,
        "%s%s %.2f%s"
            .formatted(
                object.label(),
                number == null ? "" : " " + number,
                object.score(),
                said(object.attributes())),
        (int) object.box().x(),
        (int) object.box().y(),
        color);
  }

  /** What classifiers said. */
  private static String said(List<Attribute> attributes) {
    return attributes.stream()
        .map(attribute -> " %s %.2f".formatted(attribute.label(), attribute.score()))
        .collect(Collectors.joining());
  }

  private static void paintMask(Mat picture, RleMask mask, Box box, Scalar color) {
    if (mask.width() != picture.cols() || mask.height() != picture.rows()) {
      return;
    }
    byte[] bytes = mask.decode();
    Mat inside = new Mat(mask.height(), mask.width(), CV_8UC1, new BytePointer(bytes));
    Rect window = pixels(grown(box, 0.1), picture);
    Mat part = picture.apply(window);
    Mat tint = new Mat(part.size(), part.type(), color);
    Mat mixed = new Mat();
    addWeighted(part, 0.55, tint, 0.45, 0, mixed);
    mixed.copyTo(part, inside.apply(window));
    MatVector contours = new MatVector();
    findContours(inside, contours, RETR_EXTERNAL, CHAIN_APPROX_SIMPLE);
    drawContours(picture, contours, -1, color, 1, LINE_AA, new Mat(), Integer.MAX_VALUE, null);
  }

  private static void paintFigure(Mat picture, Figure figure) {
    Scalar color = figure.alerting() ? ALERT : ZONE;
    Mat points = new Mat(figure.corners().size(), 1, CV_32SC2);
    IntBuffer buffer = points.createBuffer();
    figure.corners().forEach(c -> buffer.put((int) Math.round(c[0])).put((int) Math.round(c[1])));
    MatVector polygon = new MatVector(points);
    if (figure.closed()) {
      Mat overlay = picture.clone();
      fillPoly(overlay, polygon, color);
      double weight = figure.alerting() ? 0.3 : 0.12;
      addWeighted(overlay, weight, picture, 1 - weight, 0, picture);
    }
    polylines(picture, polygon, figure.closed(), color, 2, LINE_AA, 0);
    double[] first = figure.corners().get(0);
    label(picture, figure.name(), (int) first[0], (int) first[1], color);
  }

  private void caption(Mat picture, DetectionLine line) {
    long shown =
        line.objects().stream().filter(object -> object.score() >= displayThreshold).count();
    String text =
        "%s  %s  #%d  %d shown"
            .formatted(line.frame().camera(), line.captureTime(), line.frame().sequence(), shown);
    text = text + said(line.attributes());
    if (line.reason() != null) {
      text = text + "  " + line.status().code() + ": " + line.reason();
    }
    putText(
        picture,
        text,
        new Point(9, picture.rows() - 9),
        FONT_HERSHEY_SIMPLEX,
        0.45,
        DARK,
        3,
        LINE_AA,
        false);
    putText(
        picture,
        text,
        new Point(8, picture.rows() - 10),
        FONT_HERSHEY_SIMPLEX,
        0.45,
        WHITE,
        1,
        LINE_AA,
        false);
  }

  private static void paintBanner(Mat picture, String text) {
    rectangle(picture, new Rect(0, 0, picture.cols(), 30), ALERT, FILLED, LINE_AA, 0);
    putText(picture, text, new Point(10, 20), FONT_HERSHEY_SIMPLEX, 0.5, WHITE, 1, LINE_AA, false);
    rectangle(picture, new Rect(0, 0, picture.cols(), picture.rows()), ALERT, 4, LINE_AA, 0);
  }

  private static void label(Mat picture, String text, int x, int y, Scalar color) {
    Size size = getTextSize(text, FONT_HERSHEY_SIMPLEX, 0.4, 1, new int[1]);
    int top = Math.max(0, y - size.height() - 6);
    int left = Math.max(0, Math.min(x, picture.cols() - size.width() - 6));
    Rect plate = new Rect(left, top, size.width() + 6, size.height() + 6);
    rectangle(picture, plate, color, FILLED, LINE_AA, 0);
    putText(
        picture,
        text,
        new Point(left + 3, top + size.height() + 3),
        FONT_HERSHEY_SIMPLEX,
        0.4,
        WHITE,
        1,
        LINE_AA,
        false);
  }

  private static Box grown(Box box, double share) {
    double dx = box.width() * share + 2;
    double dy = box.height() * share + 2;
    return new Box(box.x() - dx, box.y() - dy, box.width() + 2 * dx, box.height() + 2 * dy);
  }

  private static Rect pixels(Box box, Mat picture) {
    Box inside = box.clip(picture.cols(), picture.rows());
    int x = (int) Math.min(inside.x(), picture.cols() - 1);
    int y = (int) Math.min(inside.y(), picture.rows() - 1);
    return new Rect(
        x,
        y,
        Math.max(1, Math.min((int) Math.ceil(inside.width()), picture.cols() - x)),
        Math.max(1, Math.min((int) Math.ceil(inside.height()), picture.rows() - y)));
  }

  private static Scalar colorOf(int number) {
    int[] c = PALETTE[Math.floorMod(number, PALETTE.length)];
    return bgr(c[0], c[1], c[2]);
  }

  private static Scalar bgr(int blue, int green, int red) {
    return new Scalar(blue, green, red, 0);
  }
}
