package io.alcedo.app.local;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import io.alcedo.app.output.FramePainter;
import io.alcedo.app.output.VideoFile;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.frames.FrameStore;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.rules.Zone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** One camera's frames with what was found in them, as an MP4 file. */
final class AnnotatedVideo implements AutoCloseable {
  private static final Duration FLASH = Duration.ofSeconds(2);

  private final FrameStore frames;
  private final Path file;
  private final double framesPerSecond;
  private final List<RuleSpec> rules;
  private final FramePainter painter;
  private VideoFile video;
  private Alert fresh;

  AnnotatedVideo(
      FrameStore frames,
      Path file,
      double framesPerSecond,
      double displayThreshold,
      List<RuleSpec> rules) {
    this.frames = frames;
    this.file = file;
    this.framesPerSecond = framesPerSecond;
    this.rules = rules;
    this.painter = new FramePainter(displayThreshold);
  }

  /**
   * Appends a line's frame.
   *
   * @param alert that fired at this frame, or null
   */
  void add(DetectionLine line, Alert alert) {
    fresh = alert == null ? fresh : alert;
    CameraRecord frame = frames.find(line.ref()).frameOrNull();
    if (frame == null || frame.image().length == 0) {
      return;
    }
    byte[] jpeg = frame.image();
    try (BytePointer bytes = new BytePointer(jpeg);
        Mat encoded = new Mat(1, jpeg.length, CV_8UC1, bytes);
        Mat picture = imdecode(encoded, IMREAD_COLOR)) {
      if (picture.empty()) {
        return;
      }
      boolean flashing = flashes(line.captureTime());
      painter.paint(picture, line, zones(line, flashing), flashing ? fresh.message() : null);
      if (video == null) {
        video = new VideoFile(file, picture.cols(), picture.rows(), framesPerSecond);
      }
      video.add(picture);
    }
  }

  private boolean flashes(Instant now) {
    return fresh != null && Duration.between(fresh.captureTime(), now).compareTo(FLASH) < 0;
  }

  private List<FramePainter.Zone> zones(DetectionLine line, boolean flashing) {
    List<FramePainter.Zone> zones = new ArrayList<>();
    for (RuleSpec rule : rules) {
      if (rule.covers(line.frame().camera())) {
        boolean fraction = rule.zone().unit() == Zone.Unit.FRACTION;
        double sx = fraction ? line.width() : 1;
        double sy = fraction ? line.height() : 1;
        List<double[]> corners =
            rule.zone().points().stream()
                .map(point -> new double[] {point.get(0) * sx, point.get(1) * sy})
                .toList();
        boolean alerting = flashing && fresh.rule().equals(rule.version());
        zones.add(new FramePainter.Zone(rule.zone().name(), corners, alerting));
      }
    }
    return zones;
  }

  @Override
  public void close() {
    if (video != null) {
      video.close();
    }
  }
}
