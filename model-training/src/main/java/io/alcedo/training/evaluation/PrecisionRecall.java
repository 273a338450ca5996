package io.alcedo.training.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Precision over recall of one class at one overlap, as {@code COCOeval.accumulate} computes it:
 * the detections of all images in the order of their scores (ties in the order of the images),
 * without the ignored ones.
 *
 * @param scores [n] falling
 * @param right [n]
 * @param truths objects to be found
 */
public record PrecisionRecall(double[] scores, boolean[] right, long truths) {
  /** Recalls at which precision is read. */
  public static final int RECALLS = 101;

  private record Judged(double score, boolean right) {}

  /**
   * Ranks matched detections.
   *
   * @param maxDetections of an image that count, at most as many as were compared
   */
  static PrecisionRecall of(
      List<ImageOverlaps> images, List<Matching> matchings, int maxDetections) {
    List<Judged> judged = new ArrayList<>();
    long truths = 0;
    for (int i = 0; i < images.size(); i++) {
      Matching matching = matchings.get(i);
      truths += matching.truths();
      int count = Math.min(maxDetections, matching.truthOf().length);
      for (int d = 0; d < count; d++) {
        if (!matching.ignored()[d]) {
          judged.add(new Judged(images.get(i).detections().get(d).score(), matching.right(d)));
        }
      }
    }
    judged.sort(Comparator.comparingDouble(Judged::score).reversed());
    boolean[] right = new boolean[judged.size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = judged.get(i).right();
    }
    return new PrecisionRecall(judged.stream().mapToDouble(Judged::score).toArray(), right, truths);
  }

  /** A recall at which precision is read; 35 × 0.01 is not 0.35, and pycocotools has the former. */
  static double recall(int index) {
    return index == RECALLS - 1 ? 1 : index * 0.01;
  }

  /** Best precision at each of 101 recalls from 0 to 1 or beyond; 0 where it is not reached. */
  public double[] interpolated() {
    double[] precision = new double[right.length];
    double[] reached = new double[right.length];
    int rightSoFar = 0;
    for (int i = 0; i < right.length; i++) {
      rightSoFar += right[i] ? 1 : 0;
      precision[i] = (double) rightSoFar / (i + 1);
      reached[i] = (double) rightSoFar / truths;
    }
    for (int i = right.length - 2; i >= 0; i--) {
      precision[i] = Math.max(precision[i], precision[i + 1]);
    }
    double[] read = new double[RECALLS];
    int at = 0;
    for (int r = 0; r < RECALLS; r++) {
      while (at < right.length && reached[at] < recall(r)) {
        at++;
      }
      read[r] = at < right.length ? precision[at] : 0;
    }
    return read;
  }

  /** Mean precision over 101 recalls; NaN where there is nothing to be found. */
  public double averagePrecision() {
    if (truths == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (double precision : interpolated()) {
      sum += precision;
    }
    return sum / RECALLS;
  }

  /** Share of the true objects that were found at all; NaN where there are none. */
  public double recall() {
    return recallFrom(Double.NEGATIVE_INFINITY);
  }

  /** Share of the detections from a score on that are right; NaN where there are none. */
  public double precisionFrom(double score) {
    long shown = shown(score);
    return shown == 0 ? Double.NaN : (double) rightFrom(score) / shown;
  }

  /** Share of the true objects found by detections from a score on; NaN where there are none. */
  public double recallFrom(double score) {
    return truths == 0 ? Double.NaN : (double) rightFrom(score) / truths;
  }

  private long shown(double score) {
    return IntStream.range(0, scores.length).filter(i -> scores[i] >= score).count();
  }

  private long rightFrom(double score) {
    return IntStream.range(0, scores.length).filter(i -> right[i] && scores[i] >= score).count();
  }
}
