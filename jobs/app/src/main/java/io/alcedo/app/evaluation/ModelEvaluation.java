package io.alcedo.app.evaluation;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Thresholds;
import io.alcedo.operators.stream.inference.DetectionAssembler;
import io.alcedo.operators.stream.inference.Detections;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxDetector;
import io.alcedo.operators.stream.inference.Outcome.Inferred;
import io.alcedo.training.data.DetectionDataset;
import io.alcedo.training.data.DetectionSample;
import io.alcedo.training.data.SampleObject;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Runs a model over labelled pictures in the engine that serves it, and compares in px of the
 * original pictures. Unlike on the wire, every detection keeps its mask, whatever its score:
 * average precision ranks them all.
 */
public final class ModelEvaluation implements AutoCloseable {
  private final OnnxDetector detector;
  private final FrameBatch batch;
  private final DetectionAssembler assembler;
  private final List<String> labels;
  private final boolean hasMasks;

  /**
   * Opens a model.
   *
   * @throws io.alcedo.connectors.InvalidInputException if it cannot be used
   */
  public ModelEvaluation(ModelDirectory model, int threads) {
    detector = OnnxDetector.open(model, EngineOptions.DEFAULT, threads, 1);
    batch = detector.newBatch(1);
    assembler = new DetectionAssembler(withAllMasks(model.manifest()));
    labels = model.manifest().labels();
    hasMasks = model.manifest().outputs().masks() != null;
  }

  private static ModelManifest withAllMasks(ModelManifest manifest) {
    Thresholds given = manifest.thresholds();
    Thresholds all =
        new Thresholds(given.wire(), given.wire(), given.display(), given.maxObjects());
    return new ModelManifest(
        manifest.v(),
        manifest.name(),
        manifest.task(),
        manifest.file(),
        manifest.sha256(),
        manifest.input(),
        manifest.outputs(),
        manifest.labels(),
        all,
        manifest.licence(),
        manifest.provenance());
  }

  /** Names of the model's classes; the background, which is the first, left out. */
  public List<String> classes() {
    return labels.subList(1, labels.size());
  }

  /** Whether the model gives masks. */
  public boolean hasMasks() {
    return hasMasks;
  }

  /**
   * Looks at all pictures of a dataset.
   *
   * @param classes of those that are compared
   * @return what was found and what is there, by class, in the order of the pictures
   */
  public Map<String, List<Image>> look(DetectionDataset dataset, List<String> classes) {
    Map<String, List<Image>> images = new LinkedHashMap<>();
    classes.forEach(label -> images.put(label, new ArrayList<>()));
    for (int i = 0; i < dataset.size(); i++) {
      try (DetectionSample sample = dataset.get(i)) {
        List<DetectedObject> found = found(sample.picture(), i);
        images.forEach(
            (label, looked) ->
                looked.add(new Image(detections(found, label), truths(sample, label))));
      }
    }
    return images;
  }

  private List<DetectedObject> found(Mat bgr, int index) {
    try (Mat rgb = new Mat()) {
      cvtColor(bgr, rgb, COLOR_BGR2RGB);
      Placement fit = batch.place(0, rgb);
      CameraRecord frame =
          new CameraRecord(
              CameraRecord.Kind.FRAME,
              new FrameId("evaluation", "evaluation", index),
              null,
              Instant.EPOCH,
              Instant.EPOCH,
              null,
              bgr.cols(),
              bgr.rows(),
              new byte[0],
              null);
      Inferred<Detections> inferred = new Inferred<>(fit, detector.run(batch, 0, 1).get(0), 1);
      return assembler.line(frame, inferred).objects();
    }
  }

  private static List<Detection> detections(List<DetectedObject> found, String label) {
    return found.stream()
        .filter(object -> object.label().equals(label))
        .map(object -> new Detection(object.box(), object.mask(), object.score()))
        .toList();
  }

  private List<Truth> truths(DetectionSample sample, String label) {
    List<Truth> truths = new ArrayList<>();
    for (SampleObject object : sample.objects()) {
      if (labels.get(object.label()).equals(label)) {
        truths.add(new Truth(object.box(), object.mask(), object.area(), object.ignored()));
      }
    }
    return truths;
  }

  @Override
  public void close() {
    batch.close();
    detector.close();
  }
}
