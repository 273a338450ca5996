package io.alcedo.training.evaluation;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Shape;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import java.util.Comparator;
import java.util.List;

/**
 * One image's detections of a class, best score first (ties in their order), and how far each
 * overlaps each true object. Made once, matched at many overlaps and sizes.
 *
 * @param detections D at most as many as asked for
 * @param truths G
 * @param overlap [D, G] intersection over union; with a crowd, over the detection's own area
 * @param areas [D] px² of what is compared
 */
record ImageOverlaps(
    List<Detection> detections, List<Truth> truths, double[][] overlap, double[] areas) {

  static ImageOverlaps of(Image image, Shape shape, int maxDetections) {
    List<Detection> best =
        image.detections().stream()
            .sorted(Comparator.comparingDouble(Detection::score).reversed())
            .limit(maxDetections)
            .toList();
    List<Truth> truths = image.truths();
    double[][] overlap = new double[best.size()][truths.size()];
    double[] areas = new double[best.size()];
    for (int d = 0; d < overlap.length; d++) {
      areas[d] = area(best.get(d), shape);
      for (int g = 0; g < truths.size(); g++) {
        overlap[d][g] =
            shape == Shape.BOX
                ? boxes(best.get(d).box(), truths.get(g))
                : masks(best.get(d), truths.get(g), areas[d]);
      }
    }
    return new ImageOverlaps(best, truths, overlap, areas);
  }

  private static double area(Detection detection, Shape shape) {
    if (shape == Shape.BOX) {
      return detection.box().area();
    }
    return detection.mask() == null ? 0 : detection.mask().area();
  }

  private static double boxes(Box found, Truth truth) {
    if (!truth.crowd()) {
      return found.iou(truth.box());
    }
    double inside = found.intersection(truth.box());
    return inside == 0 ? 0 : inside / found.area();
  }

  private static double masks(Detection found, Truth truth, double area) {
    if (found.mask() == null || truth.mask() == null) {
      return 0;
    }
    if (!truth.crowd()) {
      return found.mask().iou(truth.mask());
    }
    long inside = found.mask().intersection(truth.mask());
    return inside == 0 ? 0 : inside / area;
  }
}
