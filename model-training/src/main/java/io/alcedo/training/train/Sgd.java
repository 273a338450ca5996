package io.alcedo.training.train;

import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
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
 * With a trust coefficient τ it is LARS (You et al. 2017) as MoCo v3 has it: of a weight with more
 * than one dimension g + λ·w is scaled to the length τ·|w|; biases and norms neither scale nor
 * decay. Owns the momentum tensors.
 */
public final class Sgd implements AutoCloseable {
  private final Parameters parameters;
  private final double momentum;
  private final double weightDecay;
  private final Decayed decayed;
  private final double trust;
  private final Map<String, Tensor> velocity = new LinkedHashMap<>();

  /**
   * Begins without momentum.
   *
   * @param momentum μ
   * @param weightDecay λ
   * @param decayed the parameters for which λ is not 0
   */
  public Sgd(Parameters parameters, double momentum, double weightDecay, Decayed decayed) {
    this(parameters, momentum, weightDecay, decayed, 0);
  }

  private Sgd(
      Parameters parameters, double momentum, double weightDecay, Decayed decayed, double trust) {
    this.parameters = parameters;
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    this.decayed = decayed;
    this.trust = trust;
  }

  /** As a training is told; begins without momentum. */
  public static Sgd of(OptimizerConfig config, Parameters parameters) {
    return new Sgd(
        parameters, config.momentum(), config.weightDecay(), config.decayed(), config.trust());
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
    if (trust > 0 && parameter.dim() > 1) {
      scaleToTrust(parameter, gradient);
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

  private void scaleToTrust(Tensor parameter, Tensor update) {
    double weights = parameter.norm().item_double();
    double length = update.norm().item_double();
    if (weights > 0 && length > 0) {
      update.mul_(new Scalar(trust * weights / length));
    }
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
  public Map<String, Tensor> velocity() {
    return velocity;
  }

  /** Sets a momentum tensor from a checkpoint. */
  public void velocity(String name, float[] values, long... shape) {
    Tensor restored;
    try (PointerScope scope = new PointerScope()) {
      restored = Tensors.of(values, shape);
      restored.retainReference();
    }
    Tensor before = velocity.put(name, restored);
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
