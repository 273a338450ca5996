package io.alcedo.training.moco;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which layer of an encoder is the embedding. */
public enum EmbeddingLayer {
  /** The trunk's pooled features: what published figures of transfer use. */
  @JsonProperty("features")
  FEATURES("features"),
  /** What the head gives: what the loss compares, and smaller. */
  @JsonProperty("head")
  HEAD("head");

  private final String code;

  EmbeddingLayer(String code) {
    this.code = code;
  }

  @Override
  public String toString() {
    return code;
  }
}
