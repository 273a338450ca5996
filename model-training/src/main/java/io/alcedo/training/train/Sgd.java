package io.alcedo.training.train;

import io.alcedo.training.ops.Parameters;
import io.alcedo.training.train.OptimizerConfig.Decayed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Stochastic gradient descent with momentum as PyTorch defines it: v ← μ·v + g + λ·w, w ← w − η·v.
 * Owns the momentum tensors.
 */
public final class Sgd implements AutoCloseable {
  private final Parameters parameters;
  private final double momentum;
  private final double weightDecay;
  private final Decayed decayed;
  private final Map<String, Tensor> velocity = new LinkedHashMap<>();

  /**
   * Begins without momentum.
   *
   * @param momentum μ
   * @param weightDecay λ
   * @param decayed the parameters for which λ is not 0
   */
  public Sgd(Parameters parameters, double momentum, double weightDecay, Decayed decayed) {
    this.parameters = parameters;
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    this.decayed = decayed;
  }

  /**
   * Applies the gradients and clears them.
   *
   * @param rate η
   * @param maxNorm gradients are scaled down to this norm over all parameters
   * @return the norm before scaling; not finite if a gradient is not
   */
  public double step(double rate, double maxNorm) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      double norm = gradientNorm();
      if (!Double.isFinite(norm)) {
        return norm;
      }
      double factor = norm > maxNorm ? maxNorm / norm : 1;
      parameters
          .trainable()
          .forEach(
              (name, parameter) -> {
                if (parameter.grad().defined()) {
                  update(name, parameter, parameter.grad(), factor, rate);
                } else if (velocity.containsKey(name)) {
                  // Restored, and this batch did not reach it: it coasts, as a zero gradient would
                  // make it do in a run that was never broken off.
                  update(name, parameter, torch.zeros_like(parameter), factor, rate);
                }
              });
      return norm;
    }
  }

  private void update(String name, Tensor parameter, Tensor gradient, double factor, double rate) {
    if (factor != 1) {
      gradient.mul_(new Scalar(factor));
    }
    if (decayed == Decayed.ALL || parameter.dim() > 1) {
      gradient.add_(parameter, new Scalar(weightDecay));
    }
    Tensor before = velocity.get(name);
    if (before == null) {
      Tensor copy = gradient.clone();
      copy.retainReference();
      velocity.put(name, copy);
      before = copy;
    } else {
      before.mul_(new Scalar(momentum)).add_(gradient);
    }
    parameter.add_(before, new Scalar(-rate));
    gradient.zero_();
  }

  private double gradientNorm() {
    Tensor total = null;
    for (Tensor parameter : parameters.trainable().values()) {
      if (parameter.grad().defined()) {
        Tensor square = parameter.grad().square().sum();
        total = total == null ? square : total.add(square);
      }
    }
    return total == null ? 0 : Math.sqrt(total.item_double());
  }

  /** The momentum tensors by parameter, for a checkpoint. */
  Map<String, Tensor> velocity() {
    return velocity;
  }

  /** Sets a momentum tensor from a checkpoint; takes ownership. */
  void velocity(String name, Tensor value) {
    Tensor before = velocity.put(name, value);
    if (before != null) {
      before.close();
    }
  }

  @Override
  public void close() {
    velocity.values().forEach(Tensor::close);
    velocity.clear();
  }
}
