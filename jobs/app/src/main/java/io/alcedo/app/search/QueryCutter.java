package io.alcedo.app.search;

import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.alcedo.app.evaluation.PictureDetector;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.image.PlacedPixels;
import io.alcedo.operators.stream.inference.FrameDecoder;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.UndecodableFrameException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * Cuts the main object out of a picture that somebody asks with. One picture at a time is decoded,
 * so that many at once do not fill the memory.
 */
final class QueryCutter implements AutoCloseable {
  private static final FrameId PICTURE = new FrameId("query", "search", 0);

  private final Path model;
  private PictureDetector detector;
  private double leastScore;

  /**
   * Prepares.
   *
   * @param model directory of a detector, opened when it is first needed
   */
  QueryCutter(Path model) {
    this.model = model;
  }

  /**
   * A part of a picture.
   *
   * @param png its pixels, as they are
   * @param main what it shows; null if it is the whole picture
   */
  record Cut(byte[] png, DetectedObject main) {}

  /**
   * The main object of a picture: of those that are certain enough to be drawn, the one whose score
   * times area is largest. The whole picture if there is none.
   *
   * @param picture JPEG or PNG
   * @param labels which it may have; empty: any
   * @throws InvalidInputException if it is no picture, or the detector cannot be used
   */
  synchronized Cut mainObject(byte[] picture, Set<String> labels) {
    try (Mat bgr = decode(picture)) {
      DetectedObject main = find(bgr, labels);
      if (main == null) {
        return new Cut(png(bgr), null);
      }
      try (Rect window = PlacedPixels.window(main.box(), bgr);
          Mat part = new Mat(bgr, window)) {
        return new Cut(png(part), main);
      }
    }
  }

  /**
   * A picture as it is.
   *
   * @param picture JPEG or PNG
   * @throws InvalidInputException if it is no picture
   */
  synchronized Cut whole(byte[] picture) {
    try (Mat bgr = decode(picture)) {
      return new Cut(png(bgr), null);
    }
  }

  private DetectedObject find(Mat bgr, Set<String> labels) {
    if (detector == null) {
      leastScore = ModelDirectory.open(model).manifest().thresholds().display();
      detector = new PictureDetector(model);
    }
    return detector.line(PICTURE, Instant.EPOCH, bgr).objects().stream()
        .filter(object -> object.score() >= leastScore)
        .filter(object -> labels.isEmpty() || labels.contains(object.label()))
        .max(Comparator.comparingDouble(object -> object.score() * object.box().area()))
        .orElse(null);
  }

  private static Mat decode(byte[] picture) {
    try (Mat rgb = FrameDecoder.DEFAULT.decodeUpright(picture)) {
      Mat bgr = new Mat();
      cvtColor(rgb, bgr, COLOR_RGB2BGR);
      return bgr;
    } catch (UndecodableFrameException e) {
      throw new InvalidInputException(
          "the query cannot be read (%s). Give a JPEG or PNG picture.".formatted(e.getMessage()),
          e);
    }
  }

  private static byte[] png(Mat bgr) {
    try (BytePointer bytes = new BytePointer()) {
      if (!imencode(".png", bgr, bytes)) {
        throw new IllegalStateException(
            "OpenCV cannot encode a picture of %d x %d px as PNG"
                .formatted(bgr.cols(), bgr.rows()));
      }
      byte[] png = new byte[(int) bytes.limit()];
      bytes.get(png);
      return png;
    }
  }

  @Override
  public synchronized void close() {
    if (detector != null) {
      detector.close();
      detector = null;
    }
  }
}
