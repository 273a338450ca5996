package io.alcedo.training.data;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a query is drawn to. */
public enum Positives {
  /** Another view of the same picture. */
  @JsonProperty("views")
  VIEWS("views"),
  /** A view of another picture of the same track, at least half a second away, if there is one. */
  @JsonProperty("track")
  TRACK("track");

  private final String code;

  Positives(String code) {
    this.code = code;
  }

  @Override
  public String toString() {
    return code;
  }
}
