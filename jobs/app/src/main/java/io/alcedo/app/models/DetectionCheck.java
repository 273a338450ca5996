package io.alcedo.app.models;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.operators.stream.inference.Detections;
import io.alcedo.operators.stream.inference.Masks;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether detections are what a detector may give.
 *
 * @param model in messages
 * @param labels of its manifest, with the background
 */
record DetectionCheck(Path model, int labels) {
  /** Largest differences: px, and of scores or mask probabilities. */
  record Difference(double boxes, double scores) {}

  /** Boxes are finite and not turned inside out, scores from 0 to 1, labels have names. */
  void requireSane(Detections found) {
    float[] corners = found.boxes();
    for (int i = 0; i < found.count(); i++) {
      boolean placed =
          corners[4 * i] <= corners[4 * i + 2]
              && corners[4 * i + 1] <= corners[4 * i + 3]
              && Float.isFinite(corners[4 * i] + corners[4 * i + 1])
              && Float.isFinite(corners[4 * i + 2] + corners[4 * i + 3]);
      boolean scored = found.scores()[i] >= 0 && found.scores()[i] <= 1;
      boolean named = found.labels()[i] >= 1 && found.labels()[i] < labels;
      if (!placed || !scored || !named) {
        throw new InvalidInputException(
            String.format(
                Locale.ROOT,
                "%s: object %d has box %s, score %.3f, label %d; expected x1 <= x2, y1 <= y2, 0 to 1, 1 to %d",
                model,
                i,
                Arrays.toString(Arrays.copyOfRange(corners, 4 * i, 4 * i + 4)),
                found.scores()[i],
                found.labels()[i],
                labels - 1));
      }
    }
  }

  /**
   * Compares what pictures give alone and together.
   *
   * @throws InvalidInputException if there are more or fewer objects, or other ones
   */
  Difference compare(List<Detections> alone, List<Detections> together) {
    double boxes = 0;
    double scores = 0;
    for (int i = 0; i < alone.size(); i++) {
      Detections one = alone.get(i);
      Detections same = together.get(i);
      if (!Arrays.equals(one.labels(), same.labels())) {
        throw new InvalidInputException(
            "%s: picture %d gives %d objects alone and %d in a batch, or other labels"
                .formatted(model, i + 1, one.count(), same.count()));
      }
      boxes = Math.max(boxes, largest(one.boxes(), same.boxes()));
      scores = Math.max(scores, largest(one.scores(), same.scores()));
      if (one.masks() instanceof Masks.PerBox a && same.masks() instanceof Masks.PerBox b) {
        scores = Math.max(scores, largest(a.probabilities(), b.probabilities()));
      }
    }
    return new Difference(boxes, scores);
  }

  private static double largest(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
