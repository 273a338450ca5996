package io.alcedo.app.local;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import io.alcedo.app.output.HeatMap;
import io.alcedo.app.output.VideoFile;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.event.TrackedObject;
import io.alcedo.connectors.frames.FrameStore;
import io.alcedo.operators.stream.paint.Figure;
import io.alcedo.operators.stream.paint.FramePainter;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** One camera's frames with what was found in them, as an MP4 file, and its heat map. */
final class AnnotatedVideo implements AutoCloseable {
  private static final Duration FLASH = Duration.ofSeconds(2);

  private final FrameStore frames;
  private final Path file;
  private final double framesPerSecond;
  private final Supplier<SceneHistory> scenes;
  private final FramePainter painter;
  private final Map<String, Integer> numbers = new HashMap<>(); // by track
  private final HeatMap heat = new HeatMap();
  private VideoFile video;
  private Alert fresh;

  AnnotatedVideo(
      FrameStore frames,
      Path file,
      double framesPerSecond,
      double displayThreshold,
      Supplier<SceneHistory> scenes) {
    this.frames = frames;
    this.file = file;
    this.framesPerSecond = framesPerSecond;
    this.scenes = scenes;
    this.painter = new FramePainter(displayThreshold);
  }

  /**
   * Appends a line's frame.
   *
   * @param alert that fired at this frame, or null
   */
  void add(TrackedLine tracked, Alert alert) {
    DetectionLine line = tracked.line();
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
      heat.over(picture);
      boolean flashing = flashes(line.captureTime());
      painter.paint(
          picture,
          line,
          numbers(tracked),
          Figure.of(
              scenes.get().at(line.frame().camera(), line.captureTime()),
              line.width(),
              line.height(),
              flashing ? fresh : null),
          flashing ? fresh.message() : null);
      if (video == null) {
        video = new VideoFile(file, picture.cols(), picture.rows(), framesPerSecond);
      }
      video.add(picture);
    }
  }

  /** Numbers for people: in the order in which tracks are confirmed. */
  private Map<String, Integer> numbers(TrackedLine tracked) {
    Map<String, Integer> ofObjects = new HashMap<>();
    for (TrackedObject object : tracked.objects()) {
      if (object.confirmed()) {
        int number = numbers.computeIfAbsent(object.track(), unused -> numbers.size() + 1);
        ofObjects.put(object.object().id(), number);
      }
    }
    return ofObjects;
  }

  private boolean flashes(Instant now) {
    return fresh != null && Duration.between(fresh.captureTime(), now).compareTo(FLASH) < 0;
  }

  /** A window of the camera in which nobody else counts its time. */
  void add(AnalyticsRow row) {
    heat.add(row);
  }

  @Override
  public void close() {
    heat.write(
        file.resolveSibling(
            file.getFileName().toString().replace("annotated", "heat").replace(".mp4", ".png")));
    heat.close();
    if (video != null) {
      video.close();
    }
  }
}
