package io.alcedo.training.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.training.golden.Golden;
import io.alcedo.training.ops.Initializer.Fan;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** He's rules against PyTorch's, for convolutions, linear layers and transposed convolutions. */
class InitializerGoldenTest {
  private static final int ROWS = 12;
  private Golden golden;

  @BeforeEach
  void open() {
    golden = Golden.shared("kaiming");
  }

  @ParameterizedTest
  @EnumSource(Fan.class)
  void countsFansAsPyTorchDoes(Fan fan) {
    long[] expected = golden.tensor("out/fan_" + (fan == Fan.IN ? "in" : "out")).longs();
    for (int row = 0; row < ROWS; row++) {
      assertThat(Initializer.fan(shape(row), fan)).isEqualTo(expected[row]);
    }
  }

  @ParameterizedTest
  @EnumSource(Fan.class)
  void drawsWithHesDeviation(Fan fan) {
    String name = fan == Fan.IN ? "in" : "out";
    float[] std = golden.tensor("out/normal_std_relu_fan_" + name).floats();
    float[] tolerance = golden.tensor("out/rel_tol_5sigma").floats();
    for (int row = 0; row < ROWS; row++) {
      float[] sample = sample(Initializer.heNormal(fan), row);
      double deviation = Math.sqrt(mean(sample, value -> value * value));
      assertThat(deviation / std[row]).isCloseTo(1, within((double) tolerance[row]));
      assertThat(mean(sample, value -> value))
          .isCloseTo(0, within(5 * std[row] / Math.sqrt(sample.length)));
    }
  }

  @ParameterizedTest
  @EnumSource(Fan.class)
  void drawsWithinHesBound(Fan fan) {
    String name = "out/uniform_bound_relu_fan_" + (fan == Fan.IN ? "in" : "out");
    assertBounds(Initializer.heUniform(fan, Gain.RELU.value()), golden.tensor(name).floats());
  }

  @Test
  void drawsWithinTheBoundsOfPyramidsAndOfDefaults() {
    assertBounds(Initializer.heUniform(1), golden.tensor("out/fpn_uniform_bound_a1").floats());
    assertBounds(Initializer.linearDefault(), golden.tensor("out/default_uniform_bound").floats());
  }

  /** torch.nn.init.calculate_gain. */
  @Test
  void knowsTheGainsOfNonlinearities() {
    assertThat(Gain.RELU.value()).isEqualTo(1.4142135623730951);
    assertThat(Gain.TANH.value()).isEqualTo(1.6666666666666667);
    assertThat(Gain.SELU.value()).isEqualTo(0.75);
    assertThat(Gain.leakyRelu(0.2)).isCloseTo(1.3867504905630728, within(1e-15));
    assertThat(Gain.leakyRelu(0)).isEqualTo(Gain.RELU.value());
  }

  @Test
  void drawsXaviersBound() {
    float[] values = new float[64 * 64 * 9];
    Initializer.xavierUniform().fill(values, new long[] {64, 64, 3, 3}, new SplittableRandom(1));
    assertThat(largest(values)).isCloseTo((float) Math.sqrt(6.0 / 1152), within(1e-4f));
  }

  private void assertBounds(Initializer initializer, float[] bounds) {
    for (int row = 0; row < ROWS; row++) {
      float[] sample = sample(initializer, row);
      // The largest of n draws lies within 20/n of the bound, but for one time in e²⁰.
      assertThat(largest(sample))
          .isLessThanOrEqualTo(bounds[row] * (1 + 1e-6f))
          .isGreaterThan(bounds[row] * (1 - 20f / sample.length));
    }
  }

  private float[] sample(Initializer initializer, int row) {
    long[] shape = shape(row);
    long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[Math.toIntExact(count)];
    initializer.fill(values, shape, new SplittableRandom(row));
    return values;
  }

  private long[] shape(int row) {
    return Arrays.copyOfRange(golden.tensor("in/shapes").longs(), 4 * row, 4 * row + 4);
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private interface Function {
    double of(double value);
  }

  private static double mean(float[] values, Function function) {
    double sum = 0;
    for (float value : values) {
      sum += function.of(value);
    }
    return sum / values.length;
  }
}
