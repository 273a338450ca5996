package io.alcedo.training.evaluation;

import static io.alcedo.training.evaluation.EvaluationCases.filled;
import static io.alcedo.training.evaluation.EvaluationCases.found;
import static io.alcedo.training.evaluation.EvaluationCases.image;
import static io.alcedo.training.evaluation.EvaluationCases.truth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import io.alcedo.training.evaluation.DetectionError.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectionErrorsTest {
  private static final int SIDE = 400;
  private static final Box PERSON = new Box(0, 0, 100, 100);
  private static final Box FAR = new Box(200, 200, 100, 100);

  @Test
  void findsNoneWhereAllIsRight() {
    assertThat(errors(List.of(found(PERSON, 0.9)), truth(PERSON))).isEmpty();
  }

  @Test
  void tellsWhatIsWrong() {
    assertThat(kinds(List.of(found(FAR, 0.9)), truth())).containsExactly(Kind.BACKGROUND);
    assertThat(kinds(List.of(), truth(PERSON))).containsExactly(Kind.MISSED);
    assertThat(kinds(List.of(found(PERSON, 0.9), found(PERSON, 0.8)), truth(PERSON)))
        .containsExactly(Kind.DUPLICATE);
    assertThat(kinds(List.of(found(FAR, 0.9)), truth(PERSON)))
        .containsExactly(Kind.BACKGROUND, Kind.MISSED);
  }

  /**
   * 30 of 100 rows: IoU 0.3, too little to be right, too much to be nothing; not missed besides.
   */
  @Test
  void callsAPoorlyPlacedObjectNotMissed() {
    List<DetectionError> errors =
        errors(List.of(found(new Box(0, 0, 100, 30), 0.9)), truth(PERSON));
    assertThat(errors).extracting(DetectionError::kind).containsExactly(Kind.POORLY_PLACED);
    assertThat(errors.get(0).overlap()).isCloseTo(0.3, within(1e-12));
    assertThat(errors.get(0).truth().box()).isEqualTo(PERSON);
  }

  @Test
  void leavesOutWhatIsNotShownAndWhatLiesInACrowd() {
    List<Truth> crowd = List.of(new Truth(new Box(150, 150, 200, 200), null, true));
    assertThat(kinds(List.of(found(FAR, 0.9), found(PERSON, 0.4)), crowd)).isEmpty();
    assertThat(kinds(List.of(found(PERSON, 0.4)), truth(PERSON))).containsExactly(Kind.MISSED);
  }

  @Test
  void namesTheObjectOfAnotherClass() {
    Image persons = image(List.of(found(FAR, 0.9)), truth());
    Image cars = image(List.of(), truth(FAR));
    List<DetectionError> errors =
        DetectionErrors.of(Map.of("person", List.of(persons), "car", List.of(cars)), 0.5);
    assertThat(errors)
        .extracting(DetectionError::kind, DetectionError::label)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Kind.WRONG_CLASS, "person"),
            org.assertj.core.groups.Tuple.tuple(Kind.MISSED, "car"));
  }

  @Test
  void findsPoorMasksInRightBoxes() {
    Detection found = new Detection(PERSON, filled(new Box(0, 0, 100, 40), SIDE), 0.9);
    List<Truth> truths = List.of(new Truth(PERSON, filled(PERSON, SIDE), false));
    List<DetectionError> errors = errors(List.of(found), truths);
    assertThat(errors).extracting(DetectionError::kind).containsExactly(Kind.POOR_MASK);
    assertThat(errors.get(0).overlap()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void putsTheWorstOfAKindFirst() {
    List<DetectionError> errors =
        errors(
            List.of(found(FAR, 0.6), found(new Box(0, 300, 50, 50), 0.9)),
            truth(new Box(300, 0, 20, 20), PERSON));
    assertThat(errors)
        .extracting(DetectionError::severity)
        .containsExactly(0.9, 0.6, 10_000.0, 400.0);
  }

  private static List<Kind> kinds(List<Detection> found, List<Truth> truths) {
    return errors(found, truths).stream().map(DetectionError::kind).toList();
  }

  private static List<DetectionError> errors(List<Detection> found, List<Truth> truths) {
    return DetectionErrors.of(Map.of("person", List.of(image(found, truths))), 0.5);
  }
}
