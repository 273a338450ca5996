package io.alcedo.training.evaluation;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import java.util.List;

/**
 * Average precision of one class at one overlap, as COCO defines it.
 *
 * @param shape what has to overlap
 * @param iou overlap from which a detection is right
 * @param range sizes of objects that count
 * @param maxDetections of an image that are looked at
 */
public record AveragePrecision(Shape shape, double iou, AreaRange range, int maxDetections) {
  /** Of boxes, at an overlap of 0.5 and 100 detections an image. */
  public static final AveragePrecision AP50 =
      new AveragePrecision(Shape.BOX, 0.5, AreaRange.ALL, 100);

  /** Of masks, likewise. */
  public static final AveragePrecision MASK_AP50 =
      new AveragePrecision(Shape.MASK, 0.5, AreaRange.ALL, 100);

  /** What of an object is compared. */
  public enum Shape {
    BOX,
    MASK
  }

  /**
   * A found object.
   *
   * @param mask null where only boxes are compared; a detection without one overlaps no mask
   */
  public record Detection(Box box, RleMask mask, double score) {}

  /**
   * A true object.
   *
   * @param mask null where only boxes are compared
   * @param area px², of boxes and masks alike: COCO's {@code area}
   * @param crowd not to be found and not wrong to be found, as often as one likes
   */
  public record Truth(Box box, RleMask mask, double area, boolean crowd) {
    /** A true object whose area is its mask's, or its box's if it has none. */
    public Truth(Box box, RleMask mask, boolean crowd) {
      this(box, mask, mask == null ? box.area() : mask.area(), crowd);
    }
  }

  /** What was found in one image of one class, and what is there. */
  public record Image(List<Detection> detections, List<Truth> truths) {
    public Image {
      detections = List.copyOf(detections);
      truths = List.copyOf(truths);
    }
  }

  /**
   * Figures over all images.
   *
   * @param averagePrecision 0 to 1; NaN where there is no truth
   * @param precision of detections from the threshold on
   * @param recall of detections from the threshold on
   */
  public record Result(double averagePrecision, double precision, double recall, long truths) {}

  /** The whole curve. */
  public PrecisionRecall curve(List<Image> images) {
    List<ImageOverlaps> overlaps =
        images.stream().map(image -> ImageOverlaps.of(image, shape, maxDetections)).toList();
    List<Matching> matchings =
        overlaps.stream().map(image -> Matching.of(image, iou, range)).toList();
    return PrecisionRecall.of(overlaps, matchings, maxDetections);
  }

  /**
   * Evaluates images.
   *
   * @param threshold score from which precision and recall count a detection
   */
  public Result evaluate(List<Image> images, double threshold) {
    PrecisionRecall curve = curve(images);
    return new Result(
        curve.averagePrecision(),
        curve.precisionFrom(threshold),
        curve.recallFrom(threshold),
        curve.truths());
  }
}
