package io.alcedo.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Result;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import java.util.List;
import org.junit.jupiter.api.Test;

class AveragePrecisionTest {
  private static final Box LEFT = new Box(0, 0, 10, 10);
  private static final Box RIGHT = new Box(100, 0, 10, 10);
  private static final Box NOWHERE = new Box(0, 500, 10, 10);

  @Test
  void givesOneToAPerfectDetector() {
    Result result = evaluate(List.of(found(LEFT, 0.9), found(RIGHT, 0.8)), truth(LEFT, RIGHT));
    assertThat(result.averagePrecision()).isEqualTo(1);
    assertThat(result.precision()).isEqualTo(1);
    assertThat(result.recall()).isEqualTo(1);
  }

  /** Right, wrong, right: precision 1 up to recall 0.5 (51 recalls), 2/3 for the other 50. */
  @Test
  void averagesOver101Recalls() {
    Result result =
        evaluate(
            List.of(found(LEFT, 0.9), found(NOWHERE, 0.8), found(RIGHT, 0.7)), truth(LEFT, RIGHT));
    assertThat(result.averagePrecision()).isCloseTo((51 + 50 * 2 / 3.0) / 101, within(1e-12));
  }

  @Test
  void countsASecondDetectionOfOneObjectAsWrong() {
    Result result = evaluate(List.of(found(LEFT, 0.9), found(LEFT, 0.8)), truth(LEFT));
    assertThat(result.precision()).isEqualTo(0.5);
    assertThat(result.averagePrecision()).isEqualTo(1);
  }

  @Test
  void acceptsAnOverlapOfExactlyOneHalf() {
    Box half = new Box(0, 0, 10, 5);
    assertThat(evaluate(List.of(found(half, 0.9)), truth(LEFT)).recall()).isEqualTo(1);
    Box less = new Box(0, 0, 10, 4.99);
    assertThat(evaluate(List.of(found(less, 0.9)), truth(LEFT)).recall()).isZero();
  }

  @Test
  void holdsNothingAgainstDetectionsOfACrowd() {
    List<Truth> truths =
        List.of(new Truth(LEFT, null, false), new Truth(new Box(90, 0, 60, 60), null, true));
    Result result =
        evaluate(
            List.of(found(LEFT, 0.5), found(RIGHT, 0.9), found(new Box(120, 9, 9, 9), 0.8)),
            truths);
    assertThat(result.averagePrecision()).isEqualTo(1);
    assertThat(result.precision()).isEqualTo(1);
    assertThat(result.truths()).isEqualTo(1);
  }

  @Test
  void ranksDetectionsOfAllImagesTogether() {
    Image good = new Image(List.of(found(LEFT, 0.6)), truth(LEFT));
    Image bad = new Image(List.of(found(NOWHERE, 0.9)), truth(LEFT));
    Result result = AveragePrecision.AP50.evaluate(List.of(good, bad), 0.5);
    assertThat(result.averagePrecision()).isCloseTo(51 * 0.5 / 101, within(1e-12));
  }

  @Test
  void countsOnlyScoresFromTheThresholdForPrecisionAndRecall() {
    Result result = evaluate(List.of(found(LEFT, 0.9), found(RIGHT, 0.4)), truth(LEFT, RIGHT));
    assertThat(result.recall()).isEqualTo(0.5);
    assertThat(result.averagePrecision()).isEqualTo(1);
  }

  @Test
  void comparesMasksWhereBoxesAreAlike() {
    Detection upper = new Detection(LEFT, rows(0, 6), 0.9);
    Detection lower = new Detection(LEFT, rows(5, 10), 0.8);
    List<Truth> truths = List.of(new Truth(LEFT, rows(4, 10), false));
    Result masks =
        AveragePrecision.MASK_AP50.evaluate(
            List.of(new Image(List.of(upper, lower), truths)), 0.85);
    assertThat(masks.averagePrecision()).isCloseTo(0.5, within(1e-12)); // the second is the right
    assertThat(masks.precision()).isZero();
    assertThat(evaluate(List.of(upper), truths).averagePrecision()).isEqualTo(1);
  }

  @Test
  void findsNoMaskWithoutAMask() {
    List<Truth> truths = List.of(new Truth(LEFT, rows(0, 10), false));
    Result result =
        AveragePrecision.MASK_AP50.evaluate(
            List.of(new Image(List.of(found(LEFT, 0.9)), truths)), 0.5);
    assertThat(result.recall()).isZero();
  }

  /** A mask of 10 x 10 px with some rows inside. */
  private static RleMask rows(int from, int to) {
    byte[] pixels = new byte[100];
    java.util.Arrays.fill(pixels, 10 * from, 10 * to, (byte) 1);
    return RleMask.encode(pixels, 10, 10);
  }

  private static Result evaluate(List<Detection> detections, List<Truth> truths) {
    return AveragePrecision.AP50.evaluate(List.of(new Image(detections, truths)), 0.5);
  }

  private static Detection found(Box box, double score) {
    return new Detection(box, null, score);
  }

  private static List<Truth> truth(Box... boxes) {
    return java.util.Arrays.stream(boxes).map(box -> new Truth(box, null, false)).toList();
  }
}
