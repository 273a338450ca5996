package io.alcedo.training.data;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.simulation.SceneSpec;
import io.alcedo.connectors.simulation.SimulatedCamera;
import io.alcedo.connectors.simulation.SimulatedFrame;
import io.alcedo.connectors.simulation.TruthObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Crops of people by ground-truth boxes, in the order of time.
 *
 * @param every one frame in so many is looked at
 * @param minHeight shorter people are left out, px of the frame
 * @param minVisible of simulated people, share of the body that must show
 */
public record TrackedCrops(int every, double minHeight, double minVisible) {
  private static final String PERSON = "person";

  /** Each frame, everybody of 24 px and more of whom half shows. */
  public static final TrackedCrops ALL = new TrackedCrops(1, 24, 0.5);

  /**
   * Of a video with ground truth in the MOT challenge's format.
   *
   * @param first frame, from 1
   * @param last frame, inclusive
   * @throws io.alcedo.connectors.InvalidInputException if a file cannot be read or the video is
   *     shorter
   */
  public List<TrackedCrop> ofVideo(String camera, Path video, Path truth, int first, int last) {
    Map<Integer, List<MotTruth.Known>> people = MotTruth.identities(truth);
    List<TrackedCrop> crops = new ArrayList<>();
    VideoFrames.read(
        video,
        first,
        last,
        (number, bgr, seconds) -> {
          if ((number - first) % every == 0) {
            for (MotTruth.Known known : people.getOrDefault(number, List.of())) {
              String identity = camera + "/" + known.id();
              add(crops, bgr, known.box(), identity, camera, seconds);
            }
          }
        });
    return crops;
  }

  /**
   * Of a simulated camera.
   *
   * @param frames how many of its frames are rendered, a quarter of a second each
   */
  public List<TrackedCrop> ofScene(String camera, SceneSpec scene, int frames) {
    List<TrackedCrop> crops = new ArrayList<>();
    SimulatedCamera simulated = new SimulatedCamera(scene);
    for (int i = 0; i < frames && simulated.hasNext(); i++) {
      SimulatedFrame frame = simulated.next();
      if (i % every == 0) {
        add(crops, frame, camera);
      }
    }
    return crops;
  }

  /**
   * Of single pictures: everybody is somebody else.
   *
   * @param dataset whose objects are people, in px of its pictures
   */
  public List<TrackedCrop> ofPictures(String camera, DetectionDataset dataset) {
    List<TrackedCrop> crops = new ArrayList<>();
    for (int i = 0; i < dataset.size(); i++) {
      try (DetectionSample sample = dataset.get(i)) {
        for (SampleObject object : sample.objects()) {
          if (!object.ignored()) {
            String identity = "%s/%d-%d".formatted(camera, i, crops.size());
            add(crops, sample.picture(), object.box(), identity, camera, i);
          }
        }
      }
    }
    return crops;
  }

  private void add(List<TrackedCrop> crops, SimulatedFrame frame, String camera) {
    double seconds = frame.offset().toNanos() / 1e9;
    try (BytePointer bytes = new BytePointer(frame.bgr());
        Mat bgr = new Mat(frame.height(), frame.width(), CV_8UC3, bytes)) {
      for (TruthObject object : frame.objects(PERSON)) {
        if (object.visibleFraction() >= minVisible) {
          add(crops, bgr, object.visibleBox(), object.identity(), camera, seconds);
        }
      }
    }
  }

  /** Adds what a box of a picture shows, if it is large enough. */
  public void add(
      List<TrackedCrop> crops, Mat bgr, Box box, String identity, String camera, double seconds) {
    Box inside = box.clip(bgr.cols(), bgr.rows());
    if (box.height() >= minHeight && inside.width() >= 1 && inside.height() >= 1) {
      crops.add(new TrackedCrop(identity, camera, seconds, Picture.cut(bgr, inside)));
    }
  }
}
