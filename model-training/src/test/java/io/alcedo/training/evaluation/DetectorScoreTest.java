package io.alcedo.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorScoreTest {
  private static final Box HERE = new Box(10, 10, 20, 20);
  private static final Box THERE = new Box(100, 10, 20, 20);

  @Test
  void isTheMeanOfTheClassesThatAreThere() {
    DetectorScore right = score(List.of(new Detection(HERE, null, 0.9)), HERE);
    DetectorScore wrong = score(List.of(new Detection(THERE, null, 0.9)), HERE);
    DetectorScore absent =
        DetectorScore.of(
            List.of(new Image(List.of(new Detection(HERE, null, 0.9)), List.of())), false);
    assertThat(right.boxes().averagePrecision()).isEqualTo(1);
    assertThat(wrong.boxes().averagePrecision()).isZero();
    assertThat(absent.boxes().averagePrecision()).isNaN();

    DetectorScore mean = DetectorScore.mean(List.of(right, wrong, absent));
    assertThat(mean.boxes().averagePrecision()).isEqualTo(0.5);
    assertThat(mean.boxes().truths()).isEqualTo(2);
    assertThat(mean.masks()).isNull();
    assertThat(mean.mean()).isEqualTo(0.5);
  }

  private static DetectorScore score(List<Detection> detections, Box truth) {
    List<Truth> truths = List.of(new Truth(truth, null, false));
    return DetectorScore.of(List.of(new Image(detections, truths)), false);
  }
}
