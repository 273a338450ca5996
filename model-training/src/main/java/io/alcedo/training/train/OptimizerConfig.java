package io.alcedo.training.train;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Stochastic gradient descent, and what is done to gradients and weights beside it.
 *
 * @param rate highest learning rate
 * @param momentum share of the last step's velocity that stays
 * @param weightDecay pulls weights towards 0
 * @param decayed which weights it pulls
 * @param maxGradientNorm gradients are scaled down to it; never if left out
 * @param averageDecay of the running average of the weights, which is then what is judged and
 *     exported; 0 for the weights themselves
 * @param trust length of a weight's update before momentum and rate, as a share of the weight's own
 *     (LARS, You et al. 2017); needs decayed weights; 0 for plain SGD
 */
public record OptimizerConfig(
    Double rate,
    Double momentum,
    Double weightDecay,
    Decayed decayed,
    Double maxGradientNorm,
    Double averageDecay,
    Double trust) {
  /** With every key left out. */
  static final OptimizerConfig DEFAULT =
      new OptimizerConfig(null, null, null, null, null, null, null);

  /** Which parameters decay. */
  public enum Decayed {
    /** All, as in He et al. 2015 and torchvision. */
    @JsonProperty("all")
    ALL("all"),
    /** Weights of convolutions and linear layers; no biases and no normalisations. */
    @JsonProperty("weights")
    WEIGHTS("weights");

    private final String code;

    Decayed(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  public OptimizerConfig {
    rate = Checked.number("rate", rate, 0.02, 0, 1000);
    momentum = Checked.number("momentum", momentum, 0.9, 0, 1);
    weightDecay = Checked.number("weightDecay", weightDecay, 1e-4, 0, 1);
    decayed = decayed == null ? Decayed.ALL : decayed;
    maxGradientNorm =
        Checked.number(
            "maxGradientNorm", maxGradientNorm, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 1e9);
    averageDecay = Checked.number("averageDecay", averageDecay, 0, 0, Math.nextDown(1.0));
    trust = Checked.number("trust", trust, 0, 0, 1);
    if (trust > 0 && decayed != Decayed.WEIGHTS) {
      throw new IllegalArgumentException(
          "decayed is %s, expected weights with trust, as LARS leaves biases and norms alone"
              .formatted(decayed));
    }
  }
}
