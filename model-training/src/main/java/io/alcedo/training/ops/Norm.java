package io.alcedo.training.ops;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A normalisation over channels.
 *
 * @param name of its parameters, as in {@code bn1}
 * @param eps added to the variance
 * @param groups of a group norm's channels, or parts of the batch of a split norm
 */
public record Norm(String name, Kind kind, double eps, int groups) {
  /** Weight given to a new batch in the running statistics. */
  public static final double MOMENTUM = 0.1;

  /** Which statistics it uses. */
  public enum Kind {
    /** Of the batch while training, running ones otherwise (Ioffe and Szegedy). */
    @JsonProperty("batch")
    BATCH("batch"),
    /** Always the running ones; nothing trains. */
    @JsonProperty("frozen")
    FROZEN("frozen"),
    /**
     * Of each of several equal parts of the batch while training, as that many devices would have
     * them; the running ones otherwise, which are the mean over the parts. Trained and exported as
     * a batch norm that way, and in contrast to it a network cannot tell from the statistics which
     * pictures belong together (He et al. 2020, section 3.3).
     */
    @JsonProperty("split")
    SPLIT("split"),
    /** Of each image and group of channels (Wu and He). */
    @JsonProperty("group")
    GROUP("group");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  public static Norm batch(String name) {
    return new Norm(name, Kind.BATCH, 1e-5, 0);
  }

  /**
   * A norm without a name yet; a group norm has 8 groups, which divides the channels of every
   * network here, a split norm 8 parts.
   */
  public static Norm of(Kind kind, double eps) {
    return new Norm("", kind, eps, kind == Kind.GROUP || kind == Kind.SPLIT ? 8 : 0);
  }

  /** The same norm under another name. */
  public Norm named(String other) {
    return new Norm(other, kind, eps, groups);
  }
}
