package io.alcedo.training.ops;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** How a parameter begins. */
@FunctionalInterface
public interface Initializer {
  /**
   * Fills a parameter.
   *
   * @param values all elements, row-major
   * @param shape [out, in, …]
   */
  void fill(float[] values, long[] shape, RandomGenerator random);

  /** Which fan keeps its variance. */
  enum Fan {
    IN,
    OUT
  }

  /** He et al. 2015, equation 10: normal with std √(2 ÷ fan), for rectifiers. */
  static Initializer heNormal(Fan fan) {
    return heNormal(fan, Gain.RELU.value());
  }

  /** Normal with std gain ÷ √fan; see {@link Gain}. */
  static Initializer heNormal(Fan fan, double gain) {
    return (values, shape, random) -> {
      double std = gain / Math.sqrt((double) fan(shape, fan));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() * std);
      }
    };
  }

  /** Uniform with the variance of the normal rule: within gain · √(3 ÷ fan). */
  static Initializer heUniform(Fan fan, double gain) {
    return (values, shape, random) ->
        uniform(values, gain * Math.sqrt(3.0 / fan(shape, fan)), random);
  }

  /** Uniform over fan-in, for a leaky rectifier of slope a. */
  static Initializer heUniform(double slope) {
    return heUniform(Fan.IN, Gain.leakyRelu(slope));
  }

  /** Glorot and Bengio 2010, equation 16: uniform within √(6 ÷ (fan-in + fan-out)). */
  static Initializer xavierUniform() {
    return (values, shape, random) ->
        uniform(values, Math.sqrt(6.0 / (fan(shape, Fan.IN) + fan(shape, Fan.OUT))), random);
  }

  /** PyTorch's default of linear and convolution layers: uniform within 1 ÷ √fan-in. */
  static Initializer linearDefault() {
    return heUniform(Math.sqrt(5));
  }

  /** Normal with mean 0. */
  static Initializer normal(double std) {
    return (values, shape, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() * std);
      }
    };
  }

  static Initializer zeros() {
    return (values, shape, random) -> Arrays.fill(values, 0);
  }

  static Initializer ones() {
    return (values, shape, random) -> Arrays.fill(values, 1);
  }

  /** Uniform within a bound. */
  static Initializer uniform(double bound) {
    return (values, shape, random) -> uniform(values, bound, random);
  }

  private static void uniform(float[] values, double bound, RandomGenerator random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
  }

  /** Connections into or out of one unit, as {@code torch.nn.init} counts them. */
  static long fan(long[] shape, Fan fan) {
    long receptive = 1;
    for (int i = 2; i < shape.length; i++) {
      receptive *= shape[i];
    }
    return receptive * (fan == Fan.IN ? shape[1] : shape[0]);
  }
}
