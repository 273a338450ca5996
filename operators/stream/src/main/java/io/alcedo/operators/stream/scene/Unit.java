package io.alcedo.operators.stream.scene;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** What the coordinates of a scene count. */
public enum Unit {
  /** Parts of the picture's width and height, 0 to 1. */
  @JsonProperty("fraction")
  FRACTION("fraction", 1),
  /** Pixels of the original frame. */
  @JsonProperty("px")
  PX("px", 100_000);

  private final String code;
  private final double most;

  Unit(String code, double most) {
    this.code = code;
    this.most = most;
  }

  /** By what a coordinate is multiplied to be px of a picture that is so wide, or high. */
  public double scale(int side) {
    return this == FRACTION ? side : 1;
  }

  /**
   * Checks a point.
   *
   * @throws IllegalArgumentException if it is none; names the key
   */
  void require(String key, List<Double> point) {
    Checks.require(point != null && point.size() == 2, key + " is not [x, y]");
    for (Double coordinate : point) {
      Checks.require(
          coordinate != null && coordinate >= 0 && coordinate <= most,
          "%s has %s, expected 0 to %.0f (%s)".formatted(key, coordinate, most, this));
    }
  }

  @Override
  public String toString() {
    return code;
  }
}
