package io.alcedo.app.models;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.alcedo.app.evaluation.ClassifierModel;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Placement.Size;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.operators.stream.inference.Detections;
import io.alcedo.operators.stream.inference.Device;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.Masks;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxDetector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Opens a model and runs it on noise, on black and on a scene, alone and together: prints what is
 * in order, and stops at the first fault.
 */
public final class ModelTrial {
  private static final int THREADS = 2;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  /** How far results may be apart in another batch: the noise of other kernels. */
  private static final double BOX_NOISE = 0.05;

  private static final double NOISE = 1e-3;

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
  public void run() throws IOException {
    ModelFacts facts = ModelFacts.read(folder);
    if (facts.manifest() == null) {
      throw new InvalidInputException(
          "%s: has no manifest.json, so it cannot be served".formatted(folder));
    }
    if (facts.manifest().task() == Task.CLASSIFICATION) {
      tryClassifier();
    } else {
      tryDetector();
    }
  }

  private void tryDetector() {
    ModelDirectory model = ModelDirectory.open(folder);
    ok("manifest complete; SHA-256 is that of the weights, %s", model.manifest().version());
    EngineOptions options = new EngineOptions(Device.CPU, THREADS, true);
    try (OnnxDetector detector = OnnxDetector.open(model, options, THREADS, 3)) {
      ok("graph opens, and its inputs and outputs are the manifest's");
      Input input = model.manifest().input();
      // A graph that takes any size gets pictures of a usual one.
      int width = input.canvasWidth() > 0 ? input.canvasWidth() : WIDTH;
      int height = input.canvasHeight() > 0 ? input.canvasHeight() : HEIGHT;
      List<Mat> pictures = new ArrayList<>();
      for (byte[] pixels : TrialPictures.of(width, height)) {
        Mat picture = new Mat(height, width, CV_8UC3);
        picture.data().put(pixels);
        pictures.add(picture);
      }
      List<Detections> alone = new ArrayList<>();
      int labels = model.manifest().labels().size();
      for (Mat picture : pictures) {
        try (FrameBatch batch = detector.newBatch(1)) {
          Size canvas = batch.place(0, picture).canvas();
          Detections found = detector.run(batch, 0, 1).get(0);
          requireSane(found, labels, canvas.width(), canvas.height());
          alone.add(found);
        }
      }
      ok(
          "noise gives %d objects, black %d, a scene %d; boxes on the canvas, scores 0 to 1",
          alone.get(0).count(), alone.get(1).count(), alone.get(2).count());
      compare(alone, run(detector, pictures));
      pictures.forEach(Mat::close);
    }
  }

  private static List<Detections> run(OnnxDetector detector, List<Mat> pictures) {
    try (FrameBatch batch = detector.newBatch(pictures.size())) {
      for (int slot = 0; slot < pictures.size(); slot++) {
        batch.place(slot, pictures.get(slot));
      }
      return detector.run(batch, 0, pictures.size());
    }
  }

  private void requireSane(Detections found, int labels, int width, int height) {
    for (int i = 0; i < found.count(); i++) {
      float[] corners = found.boxes();
      boolean inside =
          corners[4 * i] >= 0
              && corners[4 * i + 1] >= 0
              && corners[4 * i + 2] <= width
              && corners[4 * i + 3] <= height
              && corners[4 * i] <= corners[4 * i + 2]
              && corners[4 * i + 1] <= corners[4 * i + 3];
      boolean scored = found.scores()[i] >= 0 && found.scores()[i] <= 1;
      boolean named = found.labels()[i] >= 1 && found.labels()[i] < labels;
      if (!inside || !scored || !named) {
        throw new InvalidInputException(
            "%s: object %d has box [%.1f, %.1f, %.1f, %.1f], score %.3f, label %d; expected a box on %d x %d, 0 to 1, 1 to %d"
                .formatted(
                    folder,
                    i,
                    corners[4 * i],
                    corners[4 * i + 1],
                    corners[4 * i + 2],
                    corners[4 * i + 3],
                    found.scores()[i],
                    found.labels()[i],
                    width,
                    height,
                    labels - 1));
      }
    }
  }

  private void compare(List<Detections> alone, List<Detections> together) {
    double boxes = 0;
    double others = 0;
    for (int i = 0; i < alone.size(); i++) {
      Detections one = alone.get(i);
      Detections same = together.get(i);
      if (one.count() != same.count() || !java.util.Arrays.equals(one.labels(), same.labels())) {
        throw new InvalidInputException(
            "%s: picture %d gives %d objects alone and %d in a batch of three, or other labels"
                .formatted(folder, i + 1, one.count(), same.count()));
      }
      boxes = Math.max(boxes, largest(one.boxes(), same.boxes()));
      others = Math.max(others, largest(one.scores(), same.scores()));
      if (one.masks() instanceof Masks.PerBox a && same.masks() instanceof Masks.PerBox b) {
        others = Math.max(others, largest(a.probabilities(), b.probabilities()));
      }
    }
    if (boxes > BOX_NOISE || others > NOISE) {
      throw new InvalidInputException(
          String.format(
              Locale.ROOT,
              "%s: alone and in a batch of three boxes differ by %.2g px, scores or masks by %.2g; expected at most %.2g and %.2g",
              folder,
              boxes,
              others,
              BOX_NOISE,
              NOISE));
    }
    ok(
        "each gives the same in a batch of three: boxes within %.1e px, scores and masks within %.1e",
        boxes, others);
  }

  private void tryClassifier() {
    try (ClassifierModel model = ClassifierModel.open(folder, THREADS)) {
      ok("manifest complete; SHA-256 is that of the weights, %s", model.manifest().version());
      ok(
          "graph opens, and gives %d logits for as many class names",
          model.manifest().labels().size());
      List<byte[]> pictures =
          TrialPictures.of(
              model.manifest().input().canvasWidth(), model.manifest().input().canvasHeight());
      byte[] all = new byte[3 * model.pictureBytes()];
      List<float[]> alone = new ArrayList<>();
      for (int i = 0; i < pictures.size(); i++) {
        alone.add(model.logits(pictures.get(i), 1)[0]);
        System.arraycopy(pictures.get(i), 0, all, i * model.pictureBytes(), model.pictureBytes());
      }
      double size = 0;
      for (float[] logits : alone) {
        size = Math.max(size, largest(logits, new float[logits.length]));
      }
      if (!Double.isFinite(size)) {
        throw new InvalidInputException(folder + ": gives logits that are not finite");
      }
      ok("noise, black and a scene give finite logits, up to %.1f", size);
      float[][] together = model.logits(all, 3);
      double difference = 0;
      for (int i = 0; i < together.length; i++) {
        difference = Math.max(difference, largest(alone.get(i), together[i]));
      }
      if (difference > NOISE * Math.max(1, size)) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "%s: logits differ by %.2g between a picture alone and in a batch of three",
                folder,
                difference));
      }
      ok("each gives the same in a batch of three: logits within %.1e", difference);
    }
  }

  /** Largest difference; infinite where one is not a number. */
  private static double largest(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs(a[i] - b[i]);
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    return largest;
  }

  private void ok(String format, Object... values) {
    out.println("ok  " + String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
