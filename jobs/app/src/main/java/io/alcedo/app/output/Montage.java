package io.alcedo.app.output;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imwrite;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.image.PlacedPixels;
import io.alcedo.operators.stream.inference.FrameDecoder;
import io.alcedo.operators.stream.inference.UndecodableFrameException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Many pictures in one: rows of cells, each a picture with some lines of text below. */
public final class Montage {
  private static final int COLUMNS = 7;
  private static final int WIDTH = 160; // px of a cell's picture
  private static final int HEIGHT = 220;
  private static final int LINE = 15;
  private static final int LINES = 3;
  private static final int GAP = 8;
  private static final double TEXT = 0.4;

  private Montage() {}

  /**
   * One picture.
   *
   * @param picture JPEG or PNG; null = it is not there any more
   * @param part which is shown, in px of the picture; null = all of it
   * @param lines at most three, of 22 characters; what is longer is cut
   * @param marked has a frame around it
   */
  public record Cell(byte[] picture, Box part, List<String> lines, boolean marked) {}

  /**
   * Writes a PNG.
   *
   * @param cells at least one
   * @throws InvalidInputException if the file cannot be written
   */
  public static void write(List<Cell> cells, Path file) {
    int columns = Math.min(COLUMNS, cells.size());
    int rows = (cells.size() + columns - 1) / columns;
    int wide = WIDTH + GAP;
    int high = HEIGHT + LINES * LINE + GAP;
    try (PointerScope scope = new PointerScope()) {
      Mat sheet = new Mat(rows * high + GAP, columns * wide + GAP, CV_8UC3, grey(250));
      for (int i = 0; i < cells.size(); i++) {
        draw(sheet, cells.get(i), GAP + i % columns * wide, GAP + i / columns * high);
      }
      if (!isWritten(sheet, file)) {
        throw new InvalidInputException(
            "%s: cannot be written. Give a file that ends in .png, in a folder that is there."
                .formatted(file));
      }
    }
  }

  /** OpenCV throws where it knows no format of this name. */
  private static boolean isWritten(Mat sheet, Path file) {
    try {
      return imwrite(file.toString(), sheet);
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static void draw(Mat sheet, Cell cell, int left, int top) {
    Mat ground = sheet.apply(new Rect(left, top, WIDTH, HEIGHT));
    ground.put(grey(225));
    if (!place(cell, ground)) {
      text(ground, "no picture", 8, HEIGHT / 2);
    }
    if (cell.marked()) {
      rectangle(ground, new Rect(0, 0, WIDTH, HEIGHT), new Scalar(30, 120, 230, 0), 3, LINE_AA, 0);
    }
    List<String> lines = cell.lines();
    for (int i = 0; i < Math.min(LINES, lines.size()); i++) {
      String line = lines.get(i).substring(0, Math.min(22, lines.get(i).length()));
      text(sheet, line, left + 1, top + HEIGHT + (i + 1) * LINE - 3);
    }
  }

  /** Fits the picture into the middle of its cell; false if it is none. */
  private static boolean place(Cell cell, Mat ground) {
    if (cell.picture() == null) {
      return false;
    }
    try (Mat rgb = FrameDecoder.DEFAULT.decodeUpright(cell.picture())) {
      Mat shown = cell.part() == null ? rgb : rgb.apply(PlacedPixels.window(cell.part(), rgb));
      Mat bgr = new Mat();
      cvtColor(shown, bgr, COLOR_RGB2BGR);
      double scale = Math.min((double) WIDTH / bgr.cols(), (double) HEIGHT / bgr.rows());
      int width = Math.max(1, (int) Math.round(scale * bgr.cols()));
      int height = Math.max(1, (int) Math.round(scale * bgr.rows()));
      Mat target =
          ground.apply(new Rect((WIDTH - width) / 2, (HEIGHT - height) / 2, width, height));
      resize(bgr, target, new Size(width, height), 0, 0, scale < 1 ? INTER_AREA : INTER_LINEAR);
      return true;
    } catch (UndecodableFrameException e) {
      return false;
    }
  }

  private static void text(Mat picture, String text, int x, int y) {
    Point at = new Point(x, y);
    putText(picture, text, at, FONT_HERSHEY_SIMPLEX, TEXT, grey(30), 1, LINE_AA, false);
  }

  private static Scalar grey(int value) {
    return new Scalar(value, value, value, 0);
  }
}
