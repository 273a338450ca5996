package io.alcedo.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EncoderMeasuresTest {
  @Test
  void nearestNeighboursVoteByTheirSimilarity() {
    // Lengths do not count. One neighbour of class 1 at cosine 1, two of class 0 at cosine 0.8.
    float[] bank = {10, 0, 0.8f, 0.6f, 8, 6, 0, -1};
    int[] labels = {1, 0, 0, 2};
    float[] asked = {3, 0, 0, -5};
    // exp(10) is above 2 exp(8), and at T 1 exp(1) is below 2 exp(0.8).
    assertThat(new NearestNeighbours(3, 0.1).classify(bank, labels, 3, asked, 2))
        .containsExactly(1, 2);
    assertThat(new NearestNeighbours(3, 1).classify(bank, labels, 3, asked, 2)[0]).isZero();
    // A bank smaller than k votes whole.
    assertThat(new NearestNeighbours(200, 0.1).classify(bank, labels, 3, asked, 2))
        .containsExactly(1, 2);
  }

  @Test
  void linearProbeFindsAPlaneBetweenTheClasses() {
    int size = 400;
    float[] vectors = new float[3 * size];
    int[] labels = new int[size];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < size; i++) {
      // The classes differ by 1 in a dimension that hardly varies, beside one that varies much.
      labels[i] = random.nextInt(2);
      vectors[3 * i] = (float) (1000 * random.nextGaussian());
      vectors[3 * i + 1] = (float) (50 + 1e-3 * (labels[i] + 0.1 * random.nextGaussian()));
      vectors[3 * i + 2] = 7; // always the same
    }
    int[] answers = LinearProbe.STANDARD.classify(vectors, labels, 2, vectors, 3);
    int right = 0;
    for (int i = 0; i < size; i++) {
      right += answers[i] == labels[i] ? 1 : 0;
    }
    assertThat(right).isGreaterThan(size - 5);
  }
}
