package io.alcedo.training.evaluation;

import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Shape;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import io.alcedo.training.evaluation.DetectionError.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Sorts the mistakes of a detector by what is wrong. */
public final class DetectionErrors {
  private static final double RIGHT = 0.5;
  private static final double NEAR = 0.1;

  private final Map<String, List<Image>> classes;
  private final double threshold;
  private final List<DetectionError> errors = new ArrayList<>();

  private DetectionErrors(Map<String, List<Image>> classes, double threshold) {
    this.classes = classes;
    this.threshold = threshold;
  }

  /**
   * Finds the mistakes.
   *
   * @param classes what was found and what is there, by class; all lists in the same order of
   *     images
   * @param threshold detections below this score are left out
   * @return the worst of each kind first
   */
  public static List<DetectionError> of(Map<String, List<Image>> classes, double threshold) {
    DetectionErrors found = new DetectionErrors(classes, threshold);
    classes.forEach(
        (label, images) -> {
          for (int i = 0; i < images.size(); i++) {
            found.look(label, i, images.get(i));
          }
        });
    found.errors.sort(
        Comparator.comparing(DetectionError::kind)
            .thenComparing(Comparator.comparingDouble(DetectionError::severity).reversed()));
    return List.copyOf(found.errors);
  }

  private void look(String label, int index, Image image) {
    Image shown =
        new Image(
            image.detections().stream().filter(found -> found.score() >= threshold).toList(),
            image.truths());
    ImageOverlaps overlaps = ImageOverlaps.of(shown, Shape.BOX, Integer.MAX_VALUE);
    Matching matching = Matching.of(overlaps, RIGHT, AreaRange.ALL);
    boolean[] seen = matching.found();
    for (int d = 0; d < overlaps.detections().size(); d++) {
      Detection found = overlaps.detections().get(d);
      int match = matching.truthOf()[d];
      if (match < 0) {
        int near = nearest(overlaps, d);
        if (near >= 0) {
          seen[near] = true;
        }
        errors.add(wrong(label, index, overlaps, d, near));
      } else if (!matching.ignored()[d]) {
        addPoorMask(label, index, found, overlaps.truths().get(match));
      }
    }
    for (int g = 0; g < seen.length; g++) {
      if (!seen[g] && !matching.truthIgnored()[g]) {
        Truth truth = overlaps.truths().get(g);
        errors.add(new DetectionError(Kind.MISSED, index, label, null, truth, 0));
      }
    }
  }

  /** The object that a detection overlaps most, taken or not; −1 where it overlaps none. */
  private static int nearest(ImageOverlaps overlaps, int detection) {
    int nearest = -1;
    double most = NEAR;
    for (int g = 0; g < overlaps.truths().size(); g++) {
      double overlap = overlaps.overlap()[detection][g];
      if (!overlaps.truths().get(g).crowd() && overlap >= most) {
        nearest = g;
        most = overlap;
      }
    }
    return nearest;
  }

  private DetectionError wrong(
      String label, int index, ImageOverlaps overlaps, int detection, int near) {
    Detection found = overlaps.detections().get(detection);
    double overlap = near < 0 ? 0 : overlaps.overlap()[detection][near];
    if (overlap >= RIGHT) {
      Truth truth = overlaps.truths().get(near);
      return new DetectionError(Kind.DUPLICATE, index, label, found, truth, overlap);
    }
    Truth other = otherClass(label, index, found);
    if (other != null) {
      double iou = found.box().iou(other.box());
      return new DetectionError(Kind.WRONG_CLASS, index, label, found, other, iou);
    }
    return near < 0
        ? new DetectionError(Kind.BACKGROUND, index, label, found, null, 0)
        : new DetectionError(
            Kind.POORLY_PLACED, index, label, found, overlaps.truths().get(near), overlap);
  }

  private Truth otherClass(String label, int index, Detection found) {
    return classes.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(label))
        .flatMap(entry -> entry.getValue().get(index).truths().stream())
        .filter(truth -> !truth.crowd() && found.box().iou(truth.box()) >= RIGHT)
        .max(Comparator.comparingDouble(truth -> found.box().iou(truth.box())))
        .orElse(null);
  }

  private void addPoorMask(String label, int index, Detection found, Truth truth) {
    if (found.mask() == null || truth.mask() == null) {
      return;
    }
    double iou = found.mask().iou(truth.mask());
    if (iou < RIGHT) {
      errors.add(new DetectionError(Kind.POOR_MASK, index, label, found, truth, iou));
    }
  }
}
