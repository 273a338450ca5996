package io.alcedo.training.evaluation;

import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * COCO's evaluation of one class (Lin et al. 2014; the numbers of {@code pycocotools.COCOeval} with
 * its default parameters): ten overlaps, four ranges of area, 1, 10 or 100 detections an image.
 */
public final class CocoEvaluation {
  private static final int OVERLAPS = 10;
  private static final int MOST = 100;

  private final List<ImageOverlaps> images;

  private CocoEvaluation(List<ImageOverlaps> images) {
    this.images = images;
  }

  /** All figures of one class. */
  public static CocoSummary of(List<Image> images, Shape shape) {
    return new CocoEvaluation(
            images.stream().map(image -> ImageOverlaps.of(image, shape, MOST)).toList())
        .summary();
  }

  /** 0.50, 0.55 to 0.95, as numpy's linspace rounds them. */
  static double overlap(int index) {
    return index == OVERLAPS - 1 ? 0.95 : 0.5 + index * ((0.95 - 0.5) / (OVERLAPS - 1));
  }

  private CocoSummary summary() {
    Map<CocoMetric, Double> values = new EnumMap<>(CocoMetric.class);
    List<List<Matching>> all = matchings(AreaRange.ALL);
    List<PrecisionRecall> curves = curves(all, MOST);
    values.put(CocoMetric.AP, mean(curves, PrecisionRecall::averagePrecision));
    values.put(CocoMetric.AP50, curves.get(0).averagePrecision());
    values.put(CocoMetric.AP75, curves.get(OVERLAPS / 2).averagePrecision());
    values.put(CocoMetric.AR_1, mean(curves(all, 1), PrecisionRecall::recall));
    values.put(CocoMetric.AR_10, mean(curves(all, 10), PrecisionRecall::recall));
    values.put(CocoMetric.AR_100, mean(curves, PrecisionRecall::recall));
    put(values, AreaRange.SMALL, CocoMetric.AP_SMALL, CocoMetric.AR_SMALL);
    put(values, AreaRange.MEDIUM, CocoMetric.AP_MEDIUM, CocoMetric.AR_MEDIUM);
    put(values, AreaRange.LARGE, CocoMetric.AP_LARGE, CocoMetric.AR_LARGE);
    return new CocoSummary(values, curves.get(0).truths());
  }

  private void put(
      Map<CocoMetric, Double> values, AreaRange range, CocoMetric precision, CocoMetric recall) {
    List<PrecisionRecall> curves = curves(matchings(range), MOST);
    values.put(precision, mean(curves, PrecisionRecall::averagePrecision));
    values.put(recall, mean(curves, PrecisionRecall::recall));
  }

  /** Of every overlap, of every image. */
  private List<List<Matching>> matchings(AreaRange range) {
    List<List<Matching>> matchings = new ArrayList<>();
    for (int i = 0; i < OVERLAPS; i++) {
      double overlap = overlap(i);
      matchings.add(images.stream().map(image -> Matching.of(image, overlap, range)).toList());
    }
    return matchings;
  }

  private List<PrecisionRecall> curves(List<List<Matching>> matchings, int maxDetections) {
    return matchings.stream()
        .map(overlap -> PrecisionRecall.of(images, overlap, maxDetections))
        .toList();
  }

  private static double mean(
      List<PrecisionRecall> curves, ToDoubleFunction<PrecisionRecall> figure) {
    return Arrays.stream(curves.stream().mapToDouble(figure).toArray())
        .average()
        .orElse(Double.NaN);
  }
}
