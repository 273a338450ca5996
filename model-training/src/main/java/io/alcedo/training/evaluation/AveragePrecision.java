package io.alcedo.training.evaluation;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Average precision of one class at one overlap, as COCO defines it (pycocotools): detections in
 * the order of their scores each take the best free true box, precision is made monotonic and
 * averaged over 101 recalls. Ignored truth neither counts nor is held against a detection.
 *
 * @param shape what has to overlap
 * @param iou overlap from which a detection is right
 * @param maxDetections of an image that are looked at
 */
public record AveragePrecision(Shape shape, double iou, int maxDetections) {
  /** Of boxes, at an overlap of 0.5 and 100 detections an image. */
  public static final AveragePrecision AP50 = new AveragePrecision(Shape.BOX, 0.5, 100);

  /** Of masks, likewise. */
  public static final AveragePrecision MASK_AP50 = new AveragePrecision(Shape.MASK, 0.5, 100);

  private static final int RECALLS = 101;

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
   * @param ignored a crowd for instance: neither to be found nor wrong to be found
   */
  public record Truth(Box box, RleMask mask, boolean ignored) {}

  /** What was found in one image, and what is there. */
  public record Image(List<Detection> detections, List<Truth> truths) {}

  /**
   * Figures over all images.
   *
   * @param averagePrecision 0 to 1; NaN where there is no truth
   * @param precision of detections from the threshold on
   * @param recall of detections from the threshold on
   */
  public record Result(double averagePrecision, double precision, double recall, long truths) {}

  private record Judged(double score, boolean right) {}

  /**
   * Evaluates images.
   *
   * @param threshold score from which precision and recall count a detection
   */
  public Result evaluate(List<Image> images, double threshold) {
    List<Judged> judged = new ArrayList<>();
    long truths = 0;
    for (Image image : images) {
      judge(image, judged);
      truths += image.truths().stream().filter(truth -> !truth.ignored()).count();
    }
    judged.sort(Comparator.comparingDouble(Judged::score).reversed());
    long shown = judged.stream().filter(d -> d.score() >= threshold).count();
    long right = judged.stream().filter(d -> d.score() >= threshold && d.right()).count();
    return new Result(
        average(judged, truths),
        shown == 0 ? Double.NaN : (double) right / shown,
        truths == 0 ? Double.NaN : (double) right / truths,
        truths);
  }

  private void judge(Image image, List<Judged> judged) {
    boolean[] taken = new boolean[image.truths().size()];
    image.detections().stream()
        .sorted(Comparator.comparingDouble(Detection::score).reversed())
        .limit(maxDetections)
        .forEach(
            detection -> {
              int match = match(detection, image.truths(), taken);
              if (match < 0) {
                judged.add(new Judged(detection.score(), false));
              } else if (!image.truths().get(match).ignored()) {
                taken[match] = true;
                judged.add(new Judged(detection.score(), true));
              }
            });
  }

  /** The best free true box; an ignored one, which may be taken often, only where there is none. */
  private int match(Detection detection, List<Truth> truths, boolean[] taken) {
    int best = -1;
    double bestIou = iou;
    boolean bestIgnored = true;
    for (int i = 0; i < truths.size(); i++) {
      Truth truth = truths.get(i);
      if (taken[i] || (truth.ignored() && best >= 0 && !bestIgnored)) {
        continue;
      }
      double overlap = overlap(detection, truth);
      boolean better = overlap >= bestIou || (bestIgnored && !truth.ignored() && overlap >= iou);
      if (better) {
        best = i;
        bestIou = overlap;
        bestIgnored = truth.ignored();
      }
    }
    return best;
  }

  /** With ignored truth the share of the detection that lies inside, else the IoU. */
  private double overlap(Detection detection, Truth truth) {
    Box found = detection.box();
    if (shape == Shape.BOX || truth.mask() == null) {
      return truth.ignored()
          ? found.intersection(truth.box()) / found.area()
          : found.iou(truth.box());
    }
    if (detection.mask() == null || found.intersection(truth.box()) == 0) {
      return 0;
    }
    return truth.ignored()
        ? (double) detection.mask().intersection(truth.mask()) / detection.mask().area()
        : detection.mask().iou(truth.mask());
  }

  private static double average(List<Judged> judged, long truths) {
    if (truths == 0) {
      return Double.NaN;
    }
    double[] precision = new double[judged.size()];
    double[] recall = new double[judged.size()];
    int right = 0;
    for (int i = 0; i < precision.length; i++) {
      right += judged.get(i).right() ? 1 : 0;
      precision[i] = (double) right / (i + 1);
      recall[i] = (double) right / truths;
    }
    for (int i = precision.length - 2; i >= 0; i--) {
      precision[i] = Math.max(precision[i], precision[i + 1]);
    }
    double sum = 0;
    int at = 0;
    for (int r = 0; r < RECALLS; r++) {
      while (at < recall.length && recall[at] < r / (RECALLS - 1.0)) {
        at++;
      }
      sum += at < recall.length ? precision[at] : 0;
    }
    return sum / RECALLS;
  }
}
