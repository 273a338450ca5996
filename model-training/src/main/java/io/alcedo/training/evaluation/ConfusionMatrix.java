package io.alcedo.training.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How often a classifier took which class for which, and how often the truth was among its first
 * answers. A tie with the true class counts against it, so that equal or undefined scores (NaN) are
 * never right.
 */
public final class ConfusionMatrix {
  private final List<String> labels;
  private final long[][] counts; // [true class, answer]
  private final long[] within; // [k] pictures with fewer than k + 1 classes before the true one

  /** Begins with no picture. */
  public ConfusionMatrix(List<String> labels) {
    this.labels = List.copyOf(labels);
    counts = new long[labels.size()][labels.size()];
    within = new long[labels.size()];
  }

  /** A pair of classes of which one was taken for the other. */
  public record Confusion(String truth, String answer, long count) {}

  /**
   * Adds a picture.
   *
   * @param truth index of its class
   * @param scores of every class; the highest is the answer
   */
  public void add(int truth, float[] scores) {
    if (scores.length != labels.size()) {
      throw new IllegalArgumentException(
          "%d scores for %d classes".formatted(scores.length, labels.size()));
    }
    int before = 0;
    int answer = truth == 0 && scores.length > 1 ? 1 : 0;
    for (int c = 0; c < scores.length; c++) {
      if (c != truth && !(scores[c] < scores[truth])) {
        before++;
      }
      if (c != truth && scores[c] > scores[answer]) {
        answer = c;
      }
    }
    counts[truth][before == 0 ? truth : answer]++;
    for (int k = before; k < within.length; k++) {
      within[k]++;
    }
  }

  /** Class names by index. */
  public List<String> labels() {
    return labels;
  }

  /** How often pictures of a class got an answer. */
  public long count(int truth, int answer) {
    return counts[truth][answer];
  }

  /** Pictures of a class. */
  public long total(int truth) {
    long total = 0;
    for (long count : counts[truth]) {
      total += count;
    }
    return total;
  }

  /** All pictures. */
  public long total() {
    long total = 0;
    for (int truth = 0; truth < counts.length; truth++) {
      total += total(truth);
    }
    return total;
  }

  /** Share of the pictures whose class is among the k best answers; NaN without pictures. */
  public double top(int k) {
    return (double) within[Math.min(k, within.length) - 1] / total();
  }

  /** Which classes were taken for which, the most frequent first. */
  public List<Confusion> confusions() {
    List<Confusion> confusions = new ArrayList<>();
    for (int truth = 0; truth < counts.length; truth++) {
      for (int answer = 0; answer < counts.length; answer++) {
        if (truth != answer && counts[truth][answer] > 0) {
          confusions.add(
              new Confusion(labels.get(truth), labels.get(answer), counts[truth][answer]));
        }
      }
    }
    confusions.sort(Comparator.comparingLong(Confusion::count).reversed());
    return confusions;
  }
}
