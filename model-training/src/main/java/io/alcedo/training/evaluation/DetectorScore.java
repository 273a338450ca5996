package io.alcedo.training.evaluation;

import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Result;
import java.util.List;
import java.util.Locale;

/**
 * How well one class was found in some pictures.
 *
 * @param boxes over all pictures
 * @param masks likewise; null where the truth has no masks
 */
public record DetectorScore(Result boxes, Result masks) {
  /** Score from which a detection counts for precision and recall. */
  public static final double THRESHOLD = 0.5;

  /** Compares pictures with their truth; masks only if every true object has one. */
  public static DetectorScore of(List<Image> images) {
    boolean masked =
        images.stream()
            .flatMap(image -> image.truths().stream())
            .allMatch(truth -> truth.mask() != null);
    return new DetectorScore(
        AveragePrecision.AP50.evaluate(images, THRESHOLD),
        masked ? AveragePrecision.MASK_AP50.evaluate(images, THRESHOLD) : null);
  }

  /** The mean of what there is, for choosing. */
  public double mean() {
    return masks == null
        ? boxes.averagePrecision()
        : (boxes.averagePrecision() + masks.averagePrecision()) / 2;
  }

  /** One line for people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "box AP50 %.4f%s  precision %.4f  recall %.4f  (score >= %.2f, %d objects)",
        boxes.averagePrecision(),
        masks == null
            ? ""
            : String.format(Locale.ROOT, "  mask AP50 %.4f", masks.averagePrecision()),
        boxes.precision(),
        boxes.recall(),
        THRESHOLD,
        boxes.truths());
  }
}
