package io.alcedo.training.evaluation;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * COCO's figures of one class or, as their mean, of several.
 *
 * @param values 0 to 1; NaN where there is no truth (pycocotools has −1)
 * @param truths objects to be found
 */
public record CocoSummary(Map<CocoMetric, Double> values, long truths) {
  public CocoSummary {
    values = new EnumMap<>(values);
  }

  /** One figure. */
  public double get(CocoMetric metric) {
    return values.get(metric);
  }

  /** The mean over classes, leaving out those that a figure has no truth of. */
  public static CocoSummary mean(Collection<CocoSummary> classes) {
    Map<CocoMetric, Double> means = new EnumMap<>(CocoMetric.class);
    for (CocoMetric metric : CocoMetric.values()) {
      means.put(
          metric,
          classes.stream()
              .mapToDouble(summary -> summary.get(metric))
              .filter(value -> !Double.isNaN(value))
              .average()
              .orElse(Double.NaN));
    }
    return new CocoSummary(means, classes.stream().mapToLong(CocoSummary::truths).sum());
  }
}
