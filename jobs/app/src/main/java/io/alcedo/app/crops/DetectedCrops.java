package io.alcedo.app.crops;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.alcedo.app.evaluation.PictureDetector;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.TrackedObject;
import io.alcedo.connectors.simulation.SceneSpec;
import io.alcedo.connectors.simulation.SimulatedCamera;
import io.alcedo.connectors.simulation.SimulatedFrame;
import io.alcedo.operators.stream.track.ByteTracker;
import io.alcedo.operators.stream.track.TrackerOptions;
import io.alcedo.operators.stream.track.TrackerState;
import io.alcedo.training.data.TrackedCrop;
import io.alcedo.training.data.TrackedCrops;
import io.alcedo.training.data.VideoFrames;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Crops of people whom a detector finds and the stream's tracker follows. */
final class DetectedCrops implements AutoCloseable {
  private static final String PERSON = "person";
  private static final ByteTracker TRACKER = new ByteTracker(TrackerOptions.DEFAULT);

  private final PictureDetector detector;

  /**
   * Opens the detector.
   *
   * @throws io.alcedo.connectors.InvalidInputException if it cannot be used
   */
  DetectedCrops(Path model) {
    detector = new PictureDetector(model);
  }

  /** Confirmed people of the first frames of a video. */
  List<TrackedCrop> ofVideo(String camera, Path video, int frames, TrackedCrops cutter) {
    Following following = new Following(camera, cutter);
    VideoFrames.read(video, 1, frames, following);
    return following.crops;
  }

  /** Confirmed people of the first frames of a simulated camera. */
  List<TrackedCrop> ofScene(String camera, SceneSpec scene, int frames, TrackedCrops cutter) {
    Following following = new Following(camera, cutter);
    SimulatedCamera simulated = new SimulatedCamera(scene);
    for (int i = 0; i < frames && simulated.hasNext(); i++) {
      SimulatedFrame frame = simulated.next();
      try (BytePointer bytes = new BytePointer(frame.bgr());
          Mat bgr = new Mat(frame.height(), frame.width(), CV_8UC3, bytes)) {
        following.at(i + 1, bgr, frame.offset().toNanos() / 1e9);
      }
    }
    return following.crops;
  }

  /** Looks at a camera's frames in their order. */
  private final class Following implements VideoFrames.Look {
    private final String camera;
    private final TrackedCrops cutter;
    private final List<TrackedCrop> crops = new ArrayList<>();
    private TrackerState state = TrackerState.START;

    Following(String camera, TrackedCrops cutter) {
      this.camera = camera;
      this.cutter = cutter;
    }

    @Override
    public void at(int number, Mat bgr, double seconds) {
      Instant time = Instant.EPOCH.plusNanos(Math.round(seconds * 1e9));
      DetectionLine line = detector.line(new FrameId(camera, "crops", number), time, bgr);
      ByteTracker.Step step = TRACKER.accept(state, line);
      state = step.state();
      if ((number - 1) % cutter.every() != 0) {
        return;
      }
      for (TrackedObject tracked : step.tracked().objects()) {
        if (tracked.confirmed() && tracked.object().label().equals(PERSON)) {
          String track = tracked.track().substring(tracked.track().lastIndexOf('/') + 1);
          String identity = camera + "/" + track;
          cutter.add(crops, bgr, tracked.object().box(), identity, camera, seconds);
        }
      }
    }
  }

  @Override
  public void close() {
    detector.close();
  }
}
