package io.alcedo.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.training.ops.Parameters;
import io.alcedo.training.train.OptimizerConfig.Decayed;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Two steps on w² with gradients 2w, worked by hand; a weight [1, 1] and a bias [1]. */
class SgdTest {
  private static final double RATE = 0.1;
  private static final double MOMENTUM = 0.5;
  private static final double DECAY = 0.2;

  @Test
  void stepsAsPyTorchDoes() {
    // v = 2.2, w = 1 − 0.22; v = 1.1 + 2.2 · 0.78, w = 0.78 − 0.2816
    assertSteps(Decayed.ALL, Double.POSITIVE_INFINITY, 0.4984f, 0.4984f);
  }

  @Test
  void sparesBiasesFromDecay() {
    // v = 2, w = 1 − 0.2; v = 1 + 1.6, w = 0.8 − 0.26
    assertSteps(Decayed.WEIGHTS, Double.POSITIVE_INFINITY, 0.4984f, 0.54f);
  }

  @Test
  void scalesLongGradientsDown() {
    // The norm is 2√2 and then above √2: each gradient is 1. v = 1.2, w = 0.88; v = 0.6 + 1.176
    assertSteps(Decayed.ALL, Math.sqrt(2), 0.7024f, 0.7024f);
  }

  @Test
  void scalesTheUpdateOfAWeightToAShareOfItsLength() {
    // v = 0.1 · 1, w = 1 − 0.01; v = 0.05 + 0.1 · 0.99, w = 0.99 − 0.0149. The bias as without
    // trust.
    assertSteps(Decayed.WEIGHTS, 0.1, Double.POSITIVE_INFINITY, 0.9751f, 0.54f);
  }

  private static void assertSteps(Decayed decayed, double norm, float weight, float bias) {
    assertSteps(decayed, 0, norm, weight, bias);
  }

  private static void assertSteps(
      Decayed decayed, double trust, double norm, float weight, float bias) {
    OptimizerConfig config = new OptimizerConfig(RATE, MOMENTUM, DECAY, decayed, null, null, trust);
    try (Parameters parameters = new Parameters();
        Sgd sgd = Sgd.of(config, parameters)) {
      parameters.putTrainable("a.weight", new float[] {1}, 1, 1);
      parameters.putTrainable("a.bias", new float[] {1}, 1);
      parameters.putTrainable("frozen", new float[] {1}, 1);
      parameters.trainable().get("frozen").requires_grad_(false);
      for (int step = 0; step < 2; step++) {
        backward(parameters);
        sgd.step(RATE, norm);
      }
      assertThat(parameters.values("a.weight")[0]).isCloseTo(weight, within(1e-6f));
      assertThat(parameters.values("a.bias")[0]).isCloseTo(bias, within(1e-6f));
      assertThat(parameters.values("frozen")[0]).isEqualTo(1);
    }
  }

  private static void backward(Parameters parameters) {
    try (PointerScope scope = new PointerScope()) {
      Tensor sum = null;
      for (Tensor parameter : parameters.trainable().values()) {
        Tensor square = parameter.pow(new Scalar(2)).sum();
        sum = sum == null ? square : sum.add(square);
      }
      sum.backward();
    }
  }
}
