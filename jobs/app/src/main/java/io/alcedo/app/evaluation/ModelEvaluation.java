package io.alcedo.app.evaluation;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.geometry.Letterbox;
import io.alcedo.connectors.image.LetterboxPixels;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Thresholds;
import io.alcedo.operators.stream.inference.DetectionAssembler;
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
import io.alcedo.training.evaluation.DetectorScore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * Opens a model.
   *
   * @throws io.alcedo.connectors.InvalidInputException if it cannot be used
   */
  public ModelEvaluation(ModelDirectory model, int threads) {
    detector = OnnxDetector.open(model, EngineOptions.DEFAULT, threads, 1);
    batch = new FrameBatch(1, detector.canvasWidth(), detector.canvasHeight());
    assembler = new DetectionAssembler(withAllMasks(model.manifest()));
    labels = model.manifest().labels();
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

  /** How well one class is found in all pictures of a dataset. */
  public DetectorScore score(DetectionDataset dataset, String label) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < dataset.size(); i++) {
      try (DetectionSample sample = dataset.get(i)) {
        images.add(new Image(detections(sample.picture(), i, label), truths(sample, label)));
      }
    }
    return DetectorScore.of(images);
  }

  private List<Detection> detections(Mat bgr, int index, String label) {
    try (Mat rgb = new Mat();
        Mat canvas = batch.canvas(0)) {
      cvtColor(bgr, rgb, COLOR_BGR2RGB);
      Letterbox fit = LetterboxPixels.place(rgb, canvas);
      batch.fit(0, fit);
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
      Inferred inferred = new Inferred(fit, detector.run(batch, 0, 1).get(0), 1);
      return assembler.line(frame, inferred).objects().stream()
          .filter(object -> object.label().equals(label))
          .map(ModelEvaluation::detection)
          .toList();
    }
  }

  private static Detection detection(DetectedObject object) {
    return new Detection(object.box(), object.mask(), object.score());
  }

  private List<Truth> truths(DetectionSample sample, String label) {
    List<Truth> truths = new ArrayList<>();
    for (SampleObject object : sample.objects()) {
      if (labels.get(object.label()).equals(label)) {
        truths.add(new Truth(object.box(), object.mask(), object.ignored()));
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
