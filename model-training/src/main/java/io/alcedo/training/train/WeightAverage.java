package io.alcedo.training.train;

import io.alcedo.training.ops.Parameters;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Running average of a network's weights and buffers, which is what gets evaluated and exported
 * (Polyak averaging; the warm-up of the decay is TensorFlow's {@code ExponentialMovingAverage}).
 * Owns its copy.
 */
final class WeightAverage implements AutoCloseable {
  private final Parameters average = new Parameters();
  private final double decay;

  /**
   * Begins without a value; the first {@link #add} sets it.
   *
   * @param decay share of the average that stays, once warm
   */
  WeightAverage(double decay) {
    this.decay = decay;
  }

  /** Takes in the weights after a step, from 0. */
  void add(Parameters current, int step) {
    if (average.trainable().isEmpty()) {
      average.copyFrom(current);
      return;
    }
    double share = 1 - Math.min(decay, (1.0 + step) / (10 + step));
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      blend(average.trainable(), current.trainable(), share);
      blend(average.buffers(), current.buffers(), share);
    }
  }

  private static void blend(Map<String, Tensor> into, Map<String, Tensor> from, double share) {
    Scalar weight = new Scalar(share);
    into.forEach((name, tensor) -> tensor.lerp_(from.get(name), weight));
  }

  /** The averaged weights. */
  Parameters parameters() {
    return average;
  }

  @Override
  public void close() {
    average.close();
  }
}
