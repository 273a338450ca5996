package io.alcedo.operators.continual.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.operators.continual.publish.CandidateGate.Verdict;
import io.alcedo.training.evaluation.Retrieval;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidateGateTest {
  private static final List<float[]> SPHERE = sphere(1);

  @Test
  void letsThroughWhatFindsPeopleAtLeastAsWell() {
    Verdict verdict = CandidateGate.DEFAULT.judge(found(0.71), found(0.7), SPHERE, sphere(2));

    assertThat(verdict.passes()).isTrue();
    assertThat(verdict.reason()).isEqualTo("recall 0.710 on the probe, the one before had 0.700");
    assertThat(verdict.figures()).containsEntry("recall", 0.71).containsEntry("servingRecall", 0.7);
    assertThat(verdict.figures().get("drift")).isCloseTo(1, within(0.1));
    assertThat(verdict.figures().get("spread")).isCloseTo(1, within(0.05));
  }

  @Test
  void refusesWhatFindsFewer() {
    assertThat(CandidateGate.DEFAULT.judge(found(0.6), found(0.7), SPHERE, SPHERE).reason())
        .isEqualTo("recall 0.600 on the probe, the one that serves has 0.700");
    assertThat(
            new CandidateGate(0.2, 0.3, 50).judge(found(0.6), found(0.7), SPHERE, SPHERE).passes())
        .isTrue();
  }

  @Test
  void refusesACollapsedEncoderWhateverItFinds() {
    List<float[]> same = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      same.add(SPHERE.get(0));
    }

    assertThat(CandidateGate.DEFAULT.judge(found(1), found(0.1), same, SPHERE).reason())
        .isEqualTo("collapsed: spread 0.000, expected 0.300 or more");
  }

  @Test
  void refusesWeightsThatAreNotNumbers() {
    List<float[]> broken = new ArrayList<>(SPHERE);
    broken.set(3, new float[] {Float.NaN, 0, 0, 0, 0, 0, 0, 0});

    assertThat(CandidateGate.DEFAULT.judge(found(1), found(0.1), broken, SPHERE).passes())
        .isFalse();
  }

  @Test
  void saysThatTheProbeIsTooSmall() {
    Retrieval few = new Retrieval(49, 3, 1, 1, 0.1);

    assertThat(CandidateGate.DEFAULT.judge(few, few, SPHERE, SPHERE).reason())
        .startsWith("the probe asks 49 times, expected 50 or more");
  }

  private static Retrieval found(double recall) {
    return new Retrieval(200, 10, recall, recall / 2, 0.05);
  }

  private static List<float[]> sphere(int seed) {
    Random random = new Random(seed);
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      float[] vector = new float[8];
      double squares = 0;
      for (int d = 0; d < 8; d++) {
        vector[d] = (float) random.nextGaussian();
        squares += vector[d] * vector[d];
      }
      for (int d = 0; d < 8; d++) {
        vector[d] /= (float) Math.sqrt(squares);
      }
      vectors.add(vector);
    }
    return vectors;
  }
}
