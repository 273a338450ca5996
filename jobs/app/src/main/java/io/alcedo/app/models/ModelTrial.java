package io.alcedo.app.models;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.operators.stream.inference.BatchEngine;
import io.alcedo.operators.stream.inference.ClassScores;
import io.alcedo.operators.stream.inference.Detections;
import io.alcedo.operators.stream.inference.Device;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxClassifier;
import io.alcedo.operators.stream.inference.OnnxDetector;
import io.alcedo.operators.stream.inference.OnnxEncoder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Opens a model in its serving engine and runs it on noise, on black and on a scene, alone and
 * together: prints what is in order, and stops at the first fault.
 */
public final class ModelTrial {
  private static final EngineOptions OPTIONS = new EngineOptions(Device.CPU, 2, true);

  /** How far results may be apart in another batch: the noise of other kernels. */
  private static final double BOX_NOISE = 0.05;

  private static final double SCORE_NOISE = 1e-3;

  private final Path folder;
  private final PrintWriter out;

  public ModelTrial(Path folder, PrintWriter out) {
    this.folder = folder;
    this.out = out;
  }

  /**
   * Tries everything.
   *
   * @throws InvalidInputException at the first fault; says what, and what was expected
   */
  public void run() {
    ModelDirectory model = ModelDirectory.open(folder);
    ok("manifest complete; SHA-256 is that of the weights, %s", model.manifest().version());
    try (TrialPictures pictures = new TrialPictures()) {
      switch (model.manifest().task()) {
        case CLASSIFICATION -> tryClassifier(model, pictures.all());
        case EMBEDDING -> tryEncoder(model, pictures.all());
        case DETECTION -> tryDetector(model, pictures.all());
      }
    }
  }

  private void tryDetector(ModelDirectory model, List<Mat> pictures) {
    try (OnnxDetector detector =
        OnnxDetector.open(model, OPTIONS, OPTIONS.threads(), pictures.size())) {
      ok("graph opens, and its inputs and outputs are the manifest's");
      List<Detections> alone = alone(detector, pictures);
      DetectionCheck check = new DetectionCheck(folder, model.manifest().labels().size());
      alone.forEach(check::requireSane);
      ok(
          "noise gives %d objects, black %d, a scene %d; all with finite boxes, known labels,"
              + " scores 0 to 1",
          alone.get(0).count(), alone.get(1).count(), alone.get(2).count());
      DetectionCheck.Difference difference = check.compare(alone, together(detector, pictures));
      requireAtMost(BOX_NOISE, difference.boxes(), "boxes, px,");
      requireAtMost(SCORE_NOISE, difference.scores(), "scores or masks");
      okTogether(
          detector,
          "boxes within %.1e px, scores and masks within %.1e",
          difference.boxes(),
          difference.scores());
    }
  }

  private void tryClassifier(ModelDirectory model, List<Mat> pictures) {
    try (OnnxClassifier classifier =
        OnnxClassifier.open(model, OPTIONS, OPTIONS.threads(), pictures.size())) {
      ok("graph opens, and gives a score for each of %d classes", model.manifest().labels().size());
      List<ClassScores> alone = alone(classifier, pictures);
      List<ClassScores> together = together(classifier, pictures);
      double difference = 0;
      for (int i = 0; i < alone.size(); i++) {
        double sum = 0;
        for (int c = 0; c < model.manifest().labels().size(); c++) {
          double score = alone.get(i).probabilities()[c];
          sum += score;
          double other = together.get(i).probabilities()[c];
          difference = Math.max(difference, Math.abs(score - other));
        }
        if (!(Math.abs(sum - 1) < SCORE_NOISE)) {
          throw new InvalidInputException(
              "%s: its probabilities add up to %s, expected 1".formatted(folder, sum));
        }
      }
      ok("noise, black and a scene give probabilities that add up to 1");
      requireAtMost(SCORE_NOISE, difference, "probabilities");
      okTogether(classifier, "probabilities within %.1e", difference);
    }
  }

  private void tryEncoder(ModelDirectory model, List<Mat> pictures) {
    try (OnnxEncoder encoder =
        OnnxEncoder.open(model, OPTIONS, OPTIONS.threads(), pictures.size())) {
      ok(
          "graph opens, and gives vectors of %d",
          model.manifest().outputs().embedding().dimensions());
      List<float[]> alone = alone(encoder, pictures);
      List<float[]> together = together(encoder, pictures);
      double difference = 0;
      for (int i = 0; i < alone.size(); i++) {
        requireUnitOrNull(alone.get(i));
        for (int d = 0; d < alone.get(i).length; d++) {
          double change = Math.abs(alone.get(i)[d] - together.get(i)[d]);
          difference = Math.max(difference, change);
        }
      }
      ok("noise, black and a scene give vectors of length 1, or of zeros");
      requireAtMost(SCORE_NOISE, difference, "vectors");
      okTogether(encoder, "vectors within %.1e", difference);
    }
  }

  private void requireUnitOrNull(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    if (square != 0 && !(Math.abs(square - 1) < SCORE_NOISE)) {
      throw new InvalidInputException(
          "%s: a vector has length %s, expected 1".formatted(folder, Math.sqrt(square)));
    }
  }

  private static <R> List<R> alone(BatchEngine<R> engine, List<Mat> pictures) {
    try (FrameBatch batch = engine.newBatch(1)) {
      return pictures.stream()
          .map(
              picture -> {
                batch.place(0, picture);
                return engine.run(batch, 0, 1).get(0);
              })
          .toList();
    }
  }

  private static <R> List<R> together(BatchEngine<R> engine, List<Mat> pictures) {
    try (FrameBatch batch = engine.newBatch(pictures.size())) {
      for (int slot = 0; slot < pictures.size(); slot++) {
        batch.place(slot, pictures.get(slot));
      }
      return engine.run(batch, 0, pictures.size());
    }
  }

  private void requireAtMost(double most, double difference, String what) {
    if (difference > most) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s: %s differ by %.2g between a picture alone and in a batch, expected at most %.2g",
              folder,
              what,
              difference,
              most));
    }
  }

  private void okTogether(BatchEngine<?> engine, String format, Object... values) {
    String how = engine.isBatched() ? "in a batch of three" : "again (the graph takes one picture)";
    ok("each gives the same " + how + ": " + format, values);
  }

  private void ok(String format, Object... values) {
    out.println("ok  " + String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
