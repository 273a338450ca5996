package io.alcedo.training.evaluation;

import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Result;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How well one class was found in some pictures or, as the mean, several.
 *
 * @param boxes over all pictures
 * @param masks likewise; null where masks are not compared
 */
public record DetectorScore(Result boxes, Result masks) {
  /** Score from which a detection counts for precision and recall. */
  public static final double THRESHOLD = 0.5;

  /**
   * Compares pictures with their truth.
   *
   * @param masks whether masks are compared, too; they are if every true object has one
   */
  public static DetectorScore of(List<Image> images, boolean masks) {
    boolean masked =
        masks
            && images.stream()
                .flatMap(image -> image.truths().stream())
                .allMatch(truth -> truth.mask() != null);
    return new DetectorScore(
        AveragePrecision.AP50.evaluate(images, THRESHOLD),
        masked ? AveragePrecision.MASK_AP50.evaluate(images, THRESHOLD) : null);
  }

  /** The mean over classes, leaving out those that a figure has no truth of. */
  public static DetectorScore mean(Collection<DetectorScore> classes) {
    boolean masked = classes.stream().allMatch(score -> score.masks() != null);
    return new DetectorScore(
        mean(classes, DetectorScore::boxes), masked ? mean(classes, DetectorScore::masks) : null);
  }

  private static Result mean(
      Collection<DetectorScore> classes, Function<DetectorScore, Result> shape) {
    List<Result> results = classes.stream().map(shape).toList();
    return new Result(
        mean(results, Result::averagePrecision),
        mean(results, Result::precision),
        mean(results, Result::recall),
        results.stream().mapToLong(Result::truths).sum());
  }

  private static double mean(List<Result> results, ToDoubleFunction<Result> figure) {
    return results.stream()
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
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
