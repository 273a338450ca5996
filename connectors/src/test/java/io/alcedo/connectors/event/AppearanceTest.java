package io.alcedo.connectors.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AppearanceTest {
  /** A byte a number: the cosines of 128 numbers are kept to a thousandth. */
  @Test
  void keepsTheDirectionOfAVector() {
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      float[] vector = unit(random, 128);
      Appearance appearance = Appearance.of(vector);

      assertThat(appearance.code()).hasSize(172);
      assertThat(dot(appearance.vector(), appearance.vector())).isBetween(0.99999, 1.00001);
      assertThat(dot(vector, appearance.vector())).isGreaterThan(0.999);
    }
  }

  private static float[] unit(Random random, int dimensions) {
    float[] vector = new float[dimensions];
    double squares = 0;
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) random.nextGaussian();
      squares += vector[i] * vector[i];
    }
    for (int i = 0; i < dimensions; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
