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
  private final Parameters current;
  private final Parameters average;
  private final double decay;

  /**
   * Begins without a value; the first {@link #add} sets it.
   *
   * @param current the weights that are averaged
   * @param decay share of the average that stays, once warm; 0 for no average: the current weights
   *     are what is evaluated then
   */
  WeightAverage(Parameters current, double decay) {
    this.current = current;
    this.decay = decay;
    this.average = decay == 0 ? current : new Parameters();
  }

  /** Takes in the weights after a step, from 0. */
  void add(int step) {
    if (!isKept()) {
      return;
    }
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

  /** Whether there is an average beside the current weights. */
  boolean isKept() {
    return decay != 0;
  }

  /** The averaged weights. */
  Parameters parameters() {
    return average;
  }

  @Override
  public void close() {
    if (isKept()) {
      average.close();
    }
  }
}
