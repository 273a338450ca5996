package io.alcedo.operators.stream.paint;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.image.Jpeg;
import io.alcedo.operators.stream.inference.FrameDecoder;
import io.alcedo.operators.stream.inference.UndecodableFrameException;
import io.alcedo.operators.stream.scene.Scene;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Mat;

/** Draws an alert over its frame: what it says, the objects that it is about, and where. */
public final class AlertPainter {
  private static final int QUALITY = 85;
  private static final FramePainter PAINTER = new FramePainter(0);

  private AlertPainter() {}

  /**
   * Draws one alert.
   *
   * @param frame encoded picture of the alert's frame
   * @param scene of its camera at the time
   * @return JPEG of the frame's size
   * @throws UndecodableFrameException if the frame is no picture
   */
  public static byte[] paint(byte[] frame, Alert alert, Scene scene)
      throws UndecodableFrameException {
    try (Mat rgb = FrameDecoder.DEFAULT.decode(frame);
        Mat picture = new Mat()) {
      cvtColor(rgb, picture, COLOR_RGB2BGR);
      int width = picture.cols();
      int height = picture.rows();
      PAINTER.paint(
          picture,
          line(alert, width, height),
          Map.of(),
          Figure.of(scene, width, height, alert),
          "%s%s: %s".formatted(alert.test() ? "TEST " : "", alert.rule(), alert.message()));
      return Jpeg.encode(picture, QUALITY);
    }
  }

  private static DetectionLine line(Alert alert, int width, int height) {
    List<DetectedObject> objects =
        alert.objects().stream()
            .map(
                object ->
                    new DetectedObject(
                        object.id(), object.label(), object.score(), object.box(), null, List.of()))
            .toList();
    return new DetectionLine(
        alert.frame(),
        alert.ref(),
        alert.captureTime(),
        alert.captureTime(),
        LineStatus.OK,
        null,
        null,
        width,
        height,
        objects);
  }
}
