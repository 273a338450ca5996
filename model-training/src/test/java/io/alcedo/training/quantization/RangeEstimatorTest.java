package io.alcedo.training.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.training.ops.UInt8Grid;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RangeEstimatorTest {
  private static Histogram of(float[]... batches) {
    Histogram histogram = new Histogram();
    for (float[] batch : batches) {
      histogram.add(batch);
    }
    return histogram;
  }

  private static float[] uniform(int count, double low, double high) {
    RandomGenerator random = new SplittableRandom(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(low, high);
    }
    return values;
  }

  private static double squaredError(UInt8Grid grid, float[]... batches) {
    double sum = 0;
    for (float[] batch : batches) {
      for (float value : batch) {
        double error = grid.dequantize(grid.quantize(value)) - value;
        sum += error * error;
      }
    }
    return sum;
  }

  @Test
  void aHistogramGrowsWithItsValuesAndLosesNone() {
    Histogram histogram = of(uniform(1000, -1, 1), new float[] {300, -20, 0, 0});
    assertThat(histogram.most()).isEqualTo(300);
    assertThat(histogram.least()).isEqualTo(-20);
    assertThat(histogram.total()).isEqualTo(1004);
    long counted = 0;
    for (int bin = 0; bin < histogram.bins(); bin++) {
      counted += histogram.count(bin);
    }
    assertThat(counted).as("all but zeros").isEqualTo(1002);
  }

  @Test
  void aHistogramKeepsTheSidesOfZeroApart() {
    Histogram histogram = of(new float[] {-1e-3f, 1e-3f, 1e-3f}, new float[] {50});
    long below = 0;
    for (int bin = 0; bin < histogram.bins() / 2; bin++) {
      below += histogram.count(bin);
    }
    assertThat(below).isEqualTo(1);
  }

  @Test
  void refusesActivationsThatAreNoNumbers() {
    assertThatThrownBy(() -> of(new float[] {1, Float.NaN})).hasMessageContaining("NaN");
    assertThatThrownBy(() -> of(new float[] {Float.POSITIVE_INFINITY}))
        .hasMessageContaining("Infinity");
  }

  @Test
  void minMaxHoldsEverything() {
    UInt8Grid grid = RangeEstimator.MIN_MAX.grid(of(uniform(100, -1, 1), new float[] {9, -3}));
    assertThat(grid).isEqualTo(UInt8Grid.over(-3, 9));
  }

  @Test
  void percentileLeavesTheFewOutermostOut() {
    float[] many = uniform(100_000, -1, 2);
    UInt8Grid grid = RangeEstimator.PERCENTILE.grid(of(many, new float[] {9, 10, 11, -40}));
    assertThat(grid.dequantize(255)).isCloseTo(2, within(0.1f));
    assertThat(grid.dequantize(0)).isCloseTo(-1, within(0.1f));
  }

  @Test
  void leastSquaresGivesUpAnOutlierWhenTheManyGain() {
    float[] many = uniform(1_000_000, 0, 1);
    float[] one = {12};
    UInt8Grid grid = RangeEstimator.LEAST_SQUARES.grid(of(many, one));
    UInt8Grid all = RangeEstimator.MIN_MAX.grid(of(many, one));
    UInt8Grid none = UInt8Grid.over(0, 1);
    assertThat(squaredError(grid, many, one))
        .isLessThan(0.8 * squaredError(all, many, one))
        .isLessThan(0.8 * squaredError(none, many, one));
  }

  @Test
  void leastSquaresKeepsTheRangeOfEvenValues() {
    UInt8Grid grid = RangeEstimator.LEAST_SQUARES.grid(of(uniform(50_000, -2, 1)));
    assertThat(grid.dequantize(255)).isCloseTo(1, within(0.03f));
    assertThat(grid.dequantize(0)).isCloseTo(-2, within(0.06f));
  }

  @ParameterizedTest
  @EnumSource
  void everyEstimatorTakesZerosOnly(RangeEstimator estimator) {
    assertThat(estimator.grid(of(new float[100]))).isEqualTo(new UInt8Grid(1, 0));
    assertThat(estimator.grid(new Histogram())).isEqualTo(new UInt8Grid(1, 0));
  }

  @ParameterizedTest
  @EnumSource
  void everyEstimatorBeginsAtZeroBehindARectifier(RangeEstimator estimator) {
    float[] values = uniform(10_000, -1, 1);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, values[i]);
    }
    UInt8Grid grid = estimator.grid(of(values));
    assertThat(grid.zeroPoint()).isZero();
    assertThat(grid.dequantize(255)).isCloseTo(1, within(0.05f));
  }
}
