package io.alcedo.operators.continual.publish;

import io.alcedo.training.evaluation.Retrieval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether an encoder may take over from the one that serves. It must find the probe's people again
 * about as well or better, and its vectors must fill their space: an encoder that gives everything
 * the same vector has a perfect loss in some methods, and finds nobody.
 *
 * @param mayLose recall on the probe that a candidate may lose against the one that serves
 * @param leastSpread of the vectors, 0 to 1; see {@link #spread}
 * @param leastQueries the probe must ask so much to say anything
 */
public record CandidateGate(double mayLose, double leastSpread, int leastQueries) {
  public static final CandidateGate DEFAULT = new CandidateGate(0, 0.3, 50);

  /**
   * What the gate says.
   *
   * @param passes whether the candidate may serve
   * @param reason for people
   * @param figures by name
   */
  public record Verdict(boolean passes, String reason, Map<String, Double> figures) {}

  /** What is said of a candidate that gives no vectors. */
  static Verdict unusable(String reason) {
    return new Verdict(false, "cannot serve: " + reason, Map.of());
  }

  /**
   * Judges.
   *
   * @param candidate what the candidate made of the probe
   * @param serving what the one that serves made of it
   * @param vectors of the candidate, each of length 1
   * @param others of the one that serves, of the same crops
   */
  public Verdict judge(
      Retrieval candidate, Retrieval serving, List<float[]> vectors, List<float[]> others) {
    Map<String, Double> figures = new LinkedHashMap<>();
    double spread = spread(vectors);
    figures.put("queries", (double) candidate.queries());
    figures.put("recall", candidate.recall());
    figures.put("servingRecall", serving.recall());
    figures.put("meanAveragePrecision", candidate.meanAveragePrecision());
    figures.put("servingMeanAveragePrecision", serving.meanAveragePrecision());
    figures.put("spread", spread);
    int dimensions = dimensions(vectors);
    if (dimensions != dimensions(others)) {
      return refused(
          figures,
          "gives vectors of %d dimensions, the one that serves those of %d, which is what stages and indexes expect",
          dimensions,
          dimensions(others));
    }
    figures.put("drift", drift(vectors, others));
    if (candidate.queries() < leastQueries) {
      return refused(
          figures,
          "the probe asks %d times, expected %d or more: not enough people were seen twice",
          candidate.queries(),
          leastQueries);
    }
    if (!(spread >= leastSpread)) {
      return refused(figures, "collapsed: spread %.3f, expected %.3f or more", spread, leastSpread);
    }
    if (!(candidate.recall() >= serving.recall() - mayLose)) {
      return refused(
          figures,
          "recall %.3f on the probe, the one that serves has %.3f",
          candidate.recall(),
          serving.recall());
    }
    String reason =
        String.format(
            Locale.ROOT,
            "recall %.3f on the probe, the one before had %.3f",
            candidate.recall(),
            serving.recall());
    return new Verdict(true, reason, figures);
  }

  private static Verdict refused(Map<String, Double> figures, String format, Object... values) {
    return new Verdict(false, String.format(Locale.ROOT, format, values), figures);
  }

  /**
   * Mean over the dimensions of the standard deviation, times the root of their number: 1 where the
   * vectors fill the sphere evenly, 0 where all are the same (Chen and He 2021, section 4.1).
   */
  public static double spread(List<float[]> vectors) {
    if (vectors.isEmpty()) {
      return 0;
    }
    int dimensions = vectors.get(0).length;
    double sum = 0;
    for (int d = 0; d < dimensions; d++) {
      double mean = 0;
      double square = 0;
      for (float[] vector : vectors) {
        mean += vector[d];
        square += (double) vector[d] * vector[d];
      }
      mean /= vectors.size();
      sum += Math.sqrt(Math.max(0, square / vectors.size() - mean * mean));
    }
    return sum / dimensions * Math.sqrt(dimensions);
  }

  private static int dimensions(List<float[]> vectors) {
    return vectors.isEmpty() ? 0 : vectors.get(0).length;
  }

  /** One minus the mean likeness of a crop's two vectors: how far the space has turned. */
  private static double drift(List<float[]> vectors, List<float[]> others) {
    double sum = 0;
    for (int i = 0; i < vectors.size(); i++) {
      for (int d = 0; d < vectors.get(i).length; d++) {
        sum += (double) vectors.get(i)[d] * others.get(i)[d];
      }
    }
    return vectors.isEmpty() ? 0 : 1 - sum / vectors.size();
  }
}
