package io.alcedo.training.moco;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What is contrasted, and how. With a queue it is MoCo v1 and v2 (He et al. 2020; Chen et al.
 * 2020), without one MoCo v3 (Chen et al. 2021), where a batch's other keys are the negatives.
 *
 * @param queue K, keys that are kept; 0 for none
 * @param momentum m, share of the momentum encoder that stays
 * @param momentumSchedule whether m grows to 1
 * @param temperature by which similarities are divided
 * @param symmetric whether both views are queries; always without a queue
 * @param predictor size between the layers of a predictor after the queries' head; null for none
 * @param similarity a negative whose similarity to the positive key is higher is masked out: it is
 *     taken for another picture of the same thing; null for no such limit
 */
public record ContrastConfig(
    Integer queue,
    Double momentum,
    MomentumSchedule momentumSchedule,
    Double temperature,
    Boolean symmetric,
    Integer predictor,
    Double similarity) {

  /** How m changes over a training. */
  public enum MomentumSchedule {
    @JsonProperty("constant")
    CONSTANT("constant"),
    /** To 1 along half a cosine (MoCo v3). */
    @JsonProperty("cosine")
    COSINE("cosine");

    private final String code;

    MomentumSchedule(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  public ContrastConfig {
    queue = queue == null ? 65536 : queue;
    momentum = momentum == null ? 0.999 : momentum;
    momentumSchedule = momentumSchedule == null ? MomentumSchedule.CONSTANT : momentumSchedule;
    temperature = temperature == null ? 0.2 : temperature;
    symmetric = symmetric == null ? queue == 0 : symmetric;
    require(queue >= 0, "queue", queue, "0 or more keys");
    require(momentum >= 0 && momentum < 1, "momentum", momentum, "0 to below 1");
    require(
        temperature > 0 && temperature <= 10, "temperature", temperature, "above 0, at most 10");
    require(symmetric || queue > 0, "symmetric", false, "true without a queue");
    require(predictor == null || predictor > 0, "predictor", predictor, "1 or more units");
    require(
        similarity == null || (similarity > -1 && similarity <= 1),
        "similarity",
        similarity,
        "above -1, at most 1");
  }

  /**
   * m at a point of a training.
   *
   * @param progress 0 at its begin, 1 at its end
   */
  public double momentumAt(double progress) {
    return momentumSchedule == MomentumSchedule.CONSTANT
        ? momentum
        : 1 - (1 - momentum) * (1 + Math.cos(Math.PI * progress)) / 2;
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, expected %s".formatted(key, value, expected));
    }
  }
}
