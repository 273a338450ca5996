package io.alcedo.training.moco;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What comes after an encoder's trunk, named {@code fc}.
 *
 * @param kind which layers
 * @param dim size of what it gives
 * @param hidden size between its layers; the trunk's own size if left out, 4096 of a projector
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeadConfig(Kind kind, Integer dim, Integer hidden) {
  private static final int PROJECTOR_HIDDEN = 4096;

  /** Which layers a head has. */
  public enum Kind {
    /** None: an encoder that was published without. */
    @JsonProperty("none")
    NONE("none"),
    /** {@code fc}: MoCo v1 (He et al. 2020). */
    @JsonProperty("linear")
    LINEAR("linear"),
    /** {@code fc.0}, ReLU, {@code fc.2}: MoCo v2 (Chen et al. 2020). */
    @JsonProperty("mlp")
    MLP("mlp"),
    /** Two layers with batch norms, {@code fc.0} to {@code fc.4}: MoCo v3 (Chen et al. 2021). */
    @JsonProperty("projector")
    PROJECTOR("projector");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  public HeadConfig {
    kind = kind == null ? Kind.MLP : kind;
    dim = kind == Kind.NONE ? null : defaulted("dim", dim, kind == Kind.PROJECTOR ? 256 : 128);
    hidden = hidden == null && kind == Kind.PROJECTOR ? Integer.valueOf(PROJECTOR_HIDDEN) : hidden;
    if (hidden != null && (hidden < 1 || kind == Kind.LINEAR || kind == Kind.NONE)) {
      throw new IllegalArgumentException(
          "hidden is %d, expected 1 or more, and only with mlp or projector".formatted(hidden));
    }
  }

  private static int defaulted(String key, Integer value, int otherwise) {
    int chosen = value == null ? otherwise : value;
    if (chosen < 2) {
      throw new IllegalArgumentException("%s is %d, expected 2 or more".formatted(key, chosen));
    }
    return chosen;
  }
}
