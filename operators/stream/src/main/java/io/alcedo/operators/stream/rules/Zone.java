package io.alcedo.operators.stream.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;
import org.locationtech.jts.algorithm.PointLocation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Location;

/**
 * A polygon in the picture. Its border belongs to it.
 *
 * @param name for people
 * @param unit what the points count
 * @param points corners [x, y]; the last joins the first
 */
public record Zone(String name, Unit unit, List<List<Double>> points) implements Serializable {

  /** What a zone's points count. */
  public enum Unit {
    /** Parts of the picture's width and height, 0 to 1. */
    @JsonProperty("fraction")
    FRACTION("fraction"),
    /** Pixels of the original frame. */
    @JsonProperty("px")
    PX("px");

    private final String code;

    Unit(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  public Zone {
    require(name != null && !name.isBlank(), "name is missing");
    unit = unit == null ? Unit.FRACTION : unit;
    require(points != null && points.size() >= 3, "points needs at least three corners [x, y]");
    for (int i = 0; i < points.size(); i++) {
      checkPoint("points[%d]".formatted(i), points.get(i), unit);
    }
    points = points.stream().map(List::copyOf).toList();
    require(
        new GeometryFactory().createPolygon(ring(points, 1, 1)).isValid(),
        "points cross or repeat: expected the corners of a simple polygon, in order");
  }

  private static void checkPoint(String key, List<Double> point, Unit unit) {
    require(point != null && point.size() == 2, key + " is not [x, y]");
    for (Double coordinate : point) {
      double most = unit == Unit.FRACTION ? 1 : 100_000;
      require(
          coordinate != null && coordinate >= 0 && coordinate <= most,
          "%s has %s, expected 0 to %.0f (%s)".formatted(key, coordinate, most, unit));
    }
  }

  /**
   * Whether a point lies inside.
   *
   * @param x px of a picture of the given size
   */
  public boolean contains(double x, double y, int width, int height) {
    boolean isFraction = unit == Unit.FRACTION;
    Coordinate[] ring = ring(points, isFraction ? width : 1, isFraction ? height : 1);
    return PointLocation.locateInRing(new Coordinate(x, y), ring) != Location.EXTERIOR;
  }

  private static Coordinate[] ring(List<List<Double>> points, double sx, double sy) {
    Coordinate[] ring = new Coordinate[points.size() + 1];
    for (int i = 0; i < ring.length; i++) {
      List<Double> point = points.get(i % points.size());
      ring[i] = new Coordinate(point.get(0) * sx, point.get(1) * sy);
    }
    return ring;
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }
}
