package io.alcedo.training.evaluation;

import static io.alcedo.training.evaluation.EvaluationCases.found;
import static io.alcedo.training.evaluation.EvaluationCases.image;
import static io.alcedo.training.evaluation.EvaluationCases.truth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Shape;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Overlaps, order, limits and empty classes; every figure is worked out by hand. */
class CocoEvaluationTest {
  private static final Box LARGE = new Box(0, 0, 100, 100);
  private static final Box NOWHERE = new Box(0, 500, 100, 100);
  private static final double EXACT = 1e-12;

  /** IoU 0.72: right at 0.50, 0.55, 0.60, 0.65, 0.70 and wrong at the other five. */
  @Test
  void averagesOverTenOverlaps() {
    CocoSummary summary = boxes(image(List.of(found(new Box(0, 0, 100, 72), 0.9)), truth(LARGE)));
    assertThat(summary.get(CocoMetric.AP)).isCloseTo(0.5, within(EXACT));
    assertThat(summary.get(CocoMetric.AP50)).isEqualTo(1);
    assertThat(summary.get(CocoMetric.AP75)).isZero();
    assertThat(summary.get(CocoMetric.AR_100)).isCloseTo(0.5, within(EXACT));
    assertThat(summary.get(CocoMetric.AP_LARGE)).isCloseTo(0.5, within(EXACT));
    assertThat(summary.get(CocoMetric.AP_SMALL)).isNaN();
    assertThat(summary.get(CocoMetric.AR_MEDIUM)).isNaN();
    assertThat(summary.truths()).isEqualTo(1);
  }

  /** 90 of 100 columns: 0.9 is reached although numpy's 0.5 + 8 × 0.05 lies just below it. */
  @Test
  void acceptsAnOverlapThatIsJustReached() {
    CocoSummary summary = boxes(image(List.of(found(new Box(0, 0, 90, 100), 0.9)), truth(LARGE)));
    assertThat(summary.get(CocoMetric.AP)).isCloseTo(0.9, within(EXACT));
    assertThat(CocoEvaluation.overlap(8)).isEqualTo(0.8999999999999999);
    assertThat(CocoEvaluation.overlap(5)).isEqualTo(0.75);
  }

  /**
   * Of 20 objects 7 are found, all right: recall 7 ÷ 20 = 0.35, but 35 × 0.01 is a little more, so
   * precision 1 is read at recalls 0 to 34 only: 35 of 101.
   */
  @Test
  void readsPrecisionAtNumpysRecalls() {
    List<Truth> truths = new ArrayList<>();
    List<Detection> found = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Box place = new Box(200.0 * i, 0, 100, 100);
      truths.add(new Truth(place, null, false));
      if (i < 7) {
        found.add(found(place, 0.9));
      }
    }
    CocoSummary summary = boxes(image(found, truths));
    assertThat(summary.get(CocoMetric.AP)).isCloseTo(35 / 101.0, within(EXACT));
    assertThat(summary.get(CocoMetric.AR_100)).isCloseTo(0.35, within(EXACT));
  }

  /** Two of one score. Wrong first: precision 1/2 at recall 1. Right first: 1. */
  @Test
  void keepsTheOrderOfEqualScoresInAnImage() {
    Detection right = found(LARGE, 0.8);
    Detection wrong = found(NOWHERE, 0.8);
    assertThat(boxes(image(List.of(wrong, right), truth(LARGE))).get(CocoMetric.AP))
        .isCloseTo(0.5, within(EXACT));
    assertThat(boxes(image(List.of(right, wrong), truth(LARGE))).get(CocoMetric.AP)).isEqualTo(1);
  }

  /** The same over two images: the first image's comes first. */
  @Test
  void keepsTheOrderOfEqualScoresOverImages() {
    Image right = image(List.of(found(LARGE, 0.8)), truth(LARGE));
    Image wrong = image(List.of(found(NOWHERE, 0.8)), truth());
    assertThat(boxes(wrong, right).get(CocoMetric.AP)).isCloseTo(0.5, within(EXACT));
    assertThat(boxes(right, wrong).get(CocoMetric.AP)).isEqualTo(1);
  }

  /**
   * Truths U (rows 0 to 100) and L (rows 50 to 150); A (rows 25 to 125) overlaps both by 75 ÷ 125 =
   * 0.6, B (rows 0 to 100) is U. A takes the later of the two: if that is L, B finds U; if it is U,
   * B overlaps L only by 50 ÷ 150 and is wrong. At 0.5: recall 1, or 1/2 at precision 1 (51 of
   * 101).
   */
  @Test
  void takesTheLaterOfTwoTruthsThatOverlapAlike() {
    Box upper = new Box(0, 0, 100, 100);
    Box lower = new Box(0, 50, 100, 100);
    List<Detection> found = List.of(found(new Box(0, 25, 100, 100), 0.9), found(upper, 0.8));
    assertThat(boxes(image(found, truth(upper, lower))).get(CocoMetric.AP50)).isEqualTo(1);
    assertThat(boxes(image(found, truth(lower, upper))).get(CocoMetric.AP50))
        .isCloseTo(51 / 101.0, within(EXACT));
  }

  /** Of 12 objects in one image, best score first: 1 of 12, 10 of 12, 12 of 12 may be found. */
  @Test
  void limitsDetectionsOfAnImage() {
    List<Truth> truths = new ArrayList<>();
    List<Detection> found = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Box place = new Box(200.0 * i, 0, 100, 100);
      truths.add(new Truth(place, null, false));
      found.add(found(place, 0.5));
    }
    CocoSummary summary = boxes(image(found, truths));
    assertThat(summary.get(CocoMetric.AR_1)).isCloseTo(1 / 12.0, within(EXACT));
    assertThat(summary.get(CocoMetric.AR_10)).isCloseTo(10 / 12.0, within(EXACT));
    assertThat(summary.get(CocoMetric.AR_100)).isEqualTo(1);
    assertThat(summary.get(CocoMetric.AP)).isEqualTo(1);
  }

  /** A hundred better scores elsewhere, and the right one is not looked at. */
  @Test
  void looksAtAHundredDetectionsOnly() {
    List<Detection> found = new ArrayList<>();
    for (int i = 0; i < 99; i++) {
      found.add(found(NOWHERE, 0.9));
    }
    found.add(found(LARGE, 0.1));
    assertThat(boxes(image(found, truth(LARGE))).get(CocoMetric.AP))
        .isCloseTo(0.01, within(EXACT)); // the hundredth: precision 1/100 at every recall
    found.add(0, found(NOWHERE, 0.9));
    assertThat(boxes(image(found, truth(LARGE))).get(CocoMetric.AP)).isZero();
  }

  /** Present and never found: 0. Not present: no figure, and left out of the mean. */
  @Test
  void leavesClassesWithoutTruthOutOfTheMean() {
    CocoSummary missed = boxes(image(List.of(), truth(LARGE)));
    CocoSummary absent = boxes(image(List.of(found(LARGE, 0.9)), truth()));
    CocoSummary perfect = boxes(image(List.of(found(LARGE, 0.9)), truth(LARGE)));
    assertThat(missed.get(CocoMetric.AP)).isZero();
    assertThat(missed.get(CocoMetric.AR_100)).isZero();
    assertThat(absent.values().values()).containsOnly(Double.NaN);
    assertThat(boxes().get(CocoMetric.AP)).isNaN();
    CocoSummary mean = CocoSummary.mean(List.of(missed, absent, perfect));
    assertThat(mean.get(CocoMetric.AP)).isEqualTo(0.5);
    assertThat(mean.get(CocoMetric.AP_SMALL)).isNaN();
    assertThat(mean.truths()).isEqualTo(2);
  }

  private static CocoSummary boxes(Image... images) {
    return CocoEvaluation.of(List.of(images), Shape.BOX);
  }
}
