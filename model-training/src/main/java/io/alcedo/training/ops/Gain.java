package io.alcedo.training.ops;

/**
 * How much a nonlinearity shrinks what passes through it, as {@code torch.nn.init.calculate_gain}
 * has it: weights of variance gain² ÷ fan keep the signal's.
 */
public enum Gain {
  /** No nonlinearity, and convolutions or linear layers before none. */
  LINEAR(1),
  SIGMOID(1),
  TANH(5.0 / 3),
  /** He et al. 2015, section 2.2. */
  RELU(Math.sqrt(2)),
  SELU(0.75);

  private final double value;

  Gain(double value) {
    this.value = value;
  }

  public double value() {
    return value;
  }

  /** Of a leaky rectifier, whose negative side has this slope (He et al. 2015, equation 15). */
  public static double leakyRelu(double slope) {
    return Math.sqrt(2 / (1 + slope * slope));
  }
}
