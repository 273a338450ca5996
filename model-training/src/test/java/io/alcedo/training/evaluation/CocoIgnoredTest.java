package io.alcedo.training.evaluation;

import static io.alcedo.training.evaluation.EvaluationCases.filled;
import static io.alcedo.training.evaluation.EvaluationCases.found;
import static io.alcedo.training.evaluation.EvaluationCases.image;
import static io.alcedo.training.evaluation.EvaluationCases.truth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Shape;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranges of area and crowds; every figure is worked out by hand. */
class CocoIgnoredTest {
  private static final int SIDE = 400;
  private static final Box SMALL = new Box(0, 0, 20, 20);
  private static final Box MEDIUM = new Box(100, 0, 50, 50);
  private static final Box LARGE = new Box(200, 0, 120, 120);
  private static final double EXACT = 1e-12;

  /** Both ends belong to a range: 32² is small and medium, 96² is medium and large. */
  @ParameterizedTest
  @CsvSource({
    "31, true, false, false",
    "32, true, true, false",
    "33, false, true, false",
    "96, false, true, true",
    "97, false, false, true",
  })
  void countsAnAreaAtTheEdgeInBothRanges(int side, boolean small, boolean medium, boolean large) {
    Box box = new Box(0, 0, side, side);
    CocoSummary summary = boxes(List.of(found(box, 0.9)), truth(box));
    assertThat(summary.get(CocoMetric.AP)).isEqualTo(1);
    assertThat(Double.isNaN(summary.get(CocoMetric.AP_SMALL))).isEqualTo(!small);
    assertThat(Double.isNaN(summary.get(CocoMetric.AP_MEDIUM))).isEqualTo(!medium);
    assertThat(Double.isNaN(summary.get(CocoMetric.AP_LARGE))).isEqualTo(!large);
  }

  /**
   * Before the right small one comes a wrong one of 10,000 px². Over all: wrong, right, so 1/2. Of
   * the small: the wrong one is no matter, so 1. If the wrong one has 32² px², it is: 1/2.
   */
  @Test
  void ignoresUnmatchedDetectionsOutsideTheRange() {
    Detection right = found(SMALL, 0.5);
    CocoSummary beside = boxes(List.of(found(new Box(0, 300, 100, 100), 0.9), right), truth(SMALL));
    assertThat(beside.get(CocoMetric.AP)).isCloseTo(0.5, within(EXACT));
    assertThat(beside.get(CocoMetric.AP_SMALL)).isEqualTo(1);
    CocoSummary atTheEdge =
        boxes(List.of(found(new Box(0, 300, 32, 32), 0.9), right), truth(SMALL));
    assertThat(atTheEdge.get(CocoMetric.AP_SMALL)).isCloseTo(0.5, within(EXACT));
  }

  /**
   * A detection of 31 × 33 = 1023 px², small, lies in a medium truth of 40 × 40 with IoU 1023 ÷
   * 1600 = 0.64. Of the small ones: at 0.50, 0.55, 0.60 it takes that ignored truth and does not
   * count (precision 1); at the other seven it takes nothing and is wrong before the right one
   * (1/2): (3 + 7 ÷ 2) ÷ 10 = 0.65.
   */
  @Test
  void ignoresDetectionsOfTruthOutsideTheRange() {
    CocoSummary summary =
        boxes(
            List.of(found(new Box(100, 100, 31, 33), 0.9), found(SMALL, 0.5)),
            truth(SMALL, new Box(100, 100, 40, 40)));
    assertThat(summary.get(CocoMetric.AP_SMALL)).isCloseTo(0.65, within(EXACT));
  }

  /**
   * A detection of 28 × 30 overlaps a small truth of 28 × 20 by 2/3 and a medium one of 28 × 40 by
   * 3/4. Of the small ones it takes the small at 0.50 to 0.65 (four of ten) although it overlaps
   * the medium more; from 0.70 on only the medium is left and it does not count, so nothing is
   * found.
   */
  @Test
  void prefersTruthThatCounts() {
    List<Truth> truths = truth(new Box(0, 0, 28, 20), new Box(0, 0, 28, 40));
    CocoSummary summary = boxes(List.of(found(new Box(0, 0, 28, 30), 0.9)), truths);
    assertThat(summary.get(CocoMetric.AP_SMALL)).isCloseTo(0.4, within(EXACT));
    assertThat(summary.get(CocoMetric.AR_SMALL)).isCloseTo(0.4, within(EXACT));
    assertThat(summary.get(CocoMetric.AP_MEDIUM)).isCloseTo(0.6, within(EXACT)); // to 0.75
  }

  /**
   * Half of a detection lies in a crowd: overlap 1/2 whatever the crowd's size, so at 0.50 it is
   * ignored (then precision 1), at the other nine wrong before the right one (1/2): 0.55.
   */
  @Test
  void measuresOverlapWithACrowdByTheDetectionAlone() {
    List<Truth> truths = List.of(new Truth(MEDIUM, null, false), crowd(new Box(0, 200, 300, 100)));
    List<Detection> found = List.of(found(new Box(50, 150, 100, 100), 0.9), found(MEDIUM, 0.5));
    assertThat(boxes(found, truths).get(CocoMetric.AP)).isCloseTo(0.55, within(EXACT));
  }

  /** Three in one crowd: none is wrong, none is right, and the crowd need not be found. */
  @Test
  void letsACrowdBeFoundOften() {
    Detection inside = found(new Box(20, 220, 30, 30), 0.9);
    List<Truth> truths = List.of(crowd(new Box(0, 200, 300, 100)), new Truth(MEDIUM, null, false));
    CocoSummary summary = boxes(List.of(inside, inside, inside, found(MEDIUM, 0.5)), truths);
    assertThat(summary.get(CocoMetric.AP)).isEqualTo(1);
    assertThat(summary.truths()).isEqualTo(1);
    CocoSummary alone = boxes(List.of(inside), List.of(crowd(new Box(0, 200, 300, 100))));
    assertThat(alone.get(CocoMetric.AP)).isNaN();
  }

  /** A person within a crowd's region is found as a person, not lost to the crowd. */
  @Test
  void prefersAPersonToTheCrowdAround() {
    List<Truth> truths = List.of(crowd(new Box(0, 0, 300, 300)), new Truth(MEDIUM, null, false));
    CocoSummary summary = boxes(List.of(found(new Box(100, 0, 50, 40), 0.9)), truths);
    assertThat(summary.get(CocoMetric.AP50)).isEqualTo(1);
    assertThat(summary.get(CocoMetric.AR_100)).isCloseTo(0.7, within(EXACT)); // IoU 0.8: to 0.80
  }

  /**
   * A wrong mask of 20 × 20 px in a box of 120 × 120, before a right one of a large object. Its
   * area is its mask's where masks are compared (ignored among the large: 1), and its box's where
   * boxes are (wrong, right: 1/2).
   */
  @Test
  void takesTheAreaOfADetectionFromWhatIsCompared() {
    List<Truth> truths = List.of(new Truth(LARGE, filled(LARGE, SIDE), false));
    Detection wrong = new Detection(new Box(0, 200, 120, 120), filled(SMALL, SIDE), 0.9);
    Detection right = new Detection(LARGE, filled(LARGE, SIDE), 0.5);
    CocoSummary masks =
        CocoEvaluation.of(List.of(image(List.of(wrong, right), truths)), Shape.MASK);
    assertThat(masks.get(CocoMetric.AP_LARGE)).isEqualTo(1);
    assertThat(masks.get(CocoMetric.AP)).isCloseTo(0.5, within(EXACT));
    assertThat(boxes(List.of(wrong, right), truths).get(CocoMetric.AP_LARGE))
        .isCloseTo(0.5, within(EXACT));
  }

  /** A thin object: 120 × 120 px its box, 900 px² itself. It is small for boxes and masks alike. */
  @Test
  void takesTheAreaOfATruthFromTheAnnotation() {
    List<Truth> truths = List.of(new Truth(LARGE, filled(LARGE, SIDE), 900, false));
    List<Detection> found = List.of(new Detection(LARGE, filled(LARGE, SIDE), 0.9));
    for (Shape shape : Shape.values()) {
      CocoSummary summary = CocoEvaluation.of(List.of(image(found, truths)), shape);
      assertThat(summary.get(CocoMetric.AP_SMALL)).isEqualTo(1);
      assertThat(summary.get(CocoMetric.AP_LARGE)).isNaN();
    }
  }

  private static Truth crowd(Box box) {
    return new Truth(box, null, true);
  }

  private static CocoSummary boxes(List<Detection> found, List<Truth> truths) {
    return CocoEvaluation.of(List.of(image(found, truths)), Shape.BOX);
  }
}
