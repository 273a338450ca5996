package io.alcedo.operators.stream.scene;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;

/** Which point of an object says where it is. */
public enum Anchor {
  /** Where an upright object touches the ground. */
  @JsonProperty("bottom-center")
  BOTTOM_CENTER("bottom-center"),
  @JsonProperty("center")
  CENTER("center"),
  /** The middle of its mask; of its box where it has none. */
  @JsonProperty("mask-centroid")
  MASK_CENTROID("mask-centroid");

  /** A point, px of the frame. */
  public record Place(double x, double y) {}

  private final String code;

  Anchor(String code) {
    this.code = code;
  }

  /** Where an object is. */
  public Place of(DetectedObject object) {
    Box box = object.box();
    if (this == MASK_CENTROID && object.mask() != null && object.mask().area() > 0) {
      RleMask.Centroid centroid = object.mask().centroid();
      return new Place(centroid.x(), centroid.y());
    }
    return new Place(box.centerX(), this == BOTTOM_CENTER ? box.bottom() : box.centerY());
  }

  @Override
  public String toString() {
    return code;
  }
}
