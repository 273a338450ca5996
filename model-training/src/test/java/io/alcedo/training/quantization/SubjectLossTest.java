package io.alcedo.training.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.geometry.Placement;
import io.alcedo.training.classification.ClassifierConfig;
import io.alcedo.training.classification.ClassifierConfig.Family;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.detection.RegionCnnConfig;
import io.alcedo.training.quantization.DetectorSubject.Found;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What other answers lose, by hand. */
class SubjectLossTest {
  private static final ClassifierSubject CLASSIFIER = classifier(Family.CIFAR, 20);
  private static final DetectorSubject DETECTOR =
      new DetectorSubject(new RegionCnn(RegionCnnConfig.slim()));

  private static ClassifierSubject classifier(Family family, int depth) {
    List<String> labels = List.of("a", "b", "c");
    return new ClassifierSubject(
        new ClassifierConfig(labels, family, depth, null, null, null, null, null));
  }

  @Test
  void aClassifierLosesTheDifferenceOfTheProbabilities() {
    float log3 = (float) Math.log(3);
    // Probabilities 0.6, 0.2, 0.2 and 0.2, 0.2, 0.6.
    float[] truth = {log3, 0, 0, 0, 0, log3};
    assertThat(loss(truth, 5, 1, 1, 0, 0, 2)).isZero();
    assertThat(loss(truth, 1, 5, 1, 0, 0, 2)).isCloseTo(0.4 / 2, within(1e-6));
    assertThat(loss(truth, 1, 1, 5, 2, 0, 0)).isCloseTo(0.4, within(1e-6));
  }

  @Test
  void aClassifierLosesNothingBetweenEquals() {
    assertThat(loss(new float[] {2, 2, -30}, 1, 2, 0)).isCloseTo(0, within(1e-6));
  }

  private static double loss(float[] truth, float... answer) {
    return CLASSIFIER.loss(List.of(truth), List.of(answer));
  }

  /** Squares of 40 px in a row, 100 px apart, moved to the right; masks that fill them. */
  private static Found squares(float moved, float... scores) {
    int count = scores.length;
    float[] boxes = new float[4 * count];
    for (int i = 0; i < count; i++) {
      float left = 100 * i + moved;
      System.arraycopy(new float[] {left, 50, left + 40, 90}, 0, boxes, 4 * i, 4);
    }
    float[] masks = new float[28 * 28 * count];
    Arrays.fill(masks, 1);
    long[] labels = new long[count];
    Arrays.fill(labels, 1);
    return new Found(1, boxes, scores, masks, new long[count], labels);
  }

  @Test
  void aDetectorLosesNothingByTheSameDetectionsAndALittleElse() {
    Found truth = squares(0, 0.9f, 0.8f);
    assertThat(loss(truth, truth)).isZero();
    assertThat(loss(truth, squares(3, 0.7f, 0.95f))).isZero();
  }

  @Test
  void aDetectorLosesWhatItMissesOrMisplaces() {
    Found truth = squares(0, 0.9f, 0.8f);
    // 51 of 101 recalls are reached.
    assertThat(loss(truth, squares(0, 0.9f))).isCloseTo(1 - 51.0 / 101, within(1e-6));
    assertThat(loss(truth, squares(35, 0.9f, 0.8f))).isEqualTo(1);
  }

  @Test
  void whatTheFloatDetectorWasNotSureOfMayBeFoundOrNot() {
    Found truth = squares(0, 0.9f, 0.3f);
    assertThat(loss(truth, squares(0, 0.9f))).isZero();
    assertThat(loss(truth, squares(0, 0.6f, 0.7f))).isZero();
  }

  @Test
  void nothingIsLostWhereThereIsNothing() {
    assertThat(loss(squares(0), squares(0))).isZero();
  }

  private static double loss(Found truth, Found answer) {
    return DETECTOR.loss(List.of(truth), List.of(answer));
  }

  @Test
  void picturesGoWhereServingPutsThem() {
    Placement letterboxed = DETECTOR.place(new Placement.Size(1024, 384));
    assertThat(letterboxed.scaled()).isEqualTo(new Placement.Size(512, 192));
    assertThat(letterboxed.canvas()).isEqualTo(new Placement.Size(512, 384));
    Placement stretched = CLASSIFIER.place(new Placement.Size(100, 50));
    assertThat(stretched.scaled()).isEqualTo(new Placement.Size(32, 32));
    Placement cropped = classifier(Family.IMAGENET, 18).place(new Placement.Size(512, 300));
    assertThat(cropped.scaled()).isEqualTo(new Placement.Size(436, 256));
    assertThat(cropped.canvas()).isEqualTo(new Placement.Size(224, 224));
  }
}
