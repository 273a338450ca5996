package io.alcedo.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.training.evaluation.ConfusionMatrix.Confusion;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private final ConfusionMatrix matrix = new ConfusionMatrix(List.of("cat", "dog", "fish"));

  /** Right, second, last, right: top-1 2/4, top-2 3/4, top-3 and beyond 1. */
  @Test
  void countsAnswersAndRanks() {
    matrix.add(0, new float[] {3, 2, 1});
    matrix.add(0, new float[] {2, 3, 1});
    matrix.add(1, new float[] {3, 1, 2});
    matrix.add(2, new float[] {-5, -4, -3});
    assertThat(matrix.top(1)).isEqualTo(0.5);
    assertThat(matrix.top(2)).isEqualTo(0.75);
    assertThat(matrix.top(5)).isEqualTo(1);
    assertThat(matrix.total()).isEqualTo(4);
    assertThat(matrix.total(0)).isEqualTo(2);
    assertThat(matrix.count(0, 1)).isEqualTo(1);
    assertThat(matrix.confusions())
        .containsExactly(new Confusion("cat", "dog", 1), new Confusion("dog", "cat", 1));
  }

  @Test
  void countsTiesAndNanAgainstTheTruth() {
    matrix.add(0, new float[] {1, 1, 0});
    matrix.add(1, new float[] {Float.NaN, Float.NaN, Float.NaN});
    matrix.add(2, new float[] {0, 0, 0});
    assertThat(matrix.top(1)).isZero();
    assertThat(matrix.top(2)).isEqualTo(1 / 3.0); // only the first has just one beside it
    assertThat(matrix.count(0, 1)).isEqualTo(1);
    assertThat(matrix.total()).isEqualTo(3);
  }

  @Test
  void refusesOtherNumbersOfScores() {
    assertThatThrownBy(() -> matrix.add(0, new float[2])).hasMessage("2 scores for 3 classes");
    assertThat(matrix.top(1)).isNaN();
  }
}
