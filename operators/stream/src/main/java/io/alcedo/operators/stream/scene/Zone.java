package io.alcedo.operators.stream.scene;

import java.io.Serializable;
import java.util.List;
import org.locationtech.jts.algorithm.PointLocation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Location;

/**
 * A polygon in the picture. Its border belongs to it.
 *
 * @param name by which rules and analytics call it
 * @param unit what the points count; default fraction
 * @param points corners [x, y]; the last joins the first
 */
public record Zone(String name, Unit unit, List<List<Double>> points) implements Serializable {
  public Zone {
    Checks.require(name != null && !name.isBlank(), "name is missing");
    unit = unit == null ? Unit.FRACTION : unit;
    Checks.require(
        points != null && points.size() >= 3, "points needs at least three corners [x, y]");
    for (int i = 0; i < points.size(); i++) {
      unit.require("points[%d]".formatted(i), points.get(i));
    }
    points = points.stream().map(List::copyOf).toList();
    Checks.require(
        new GeometryFactory().createPolygon(ring(points, 1, 1)).isValid(),
        "points cross or repeat: expected the corners of a simple polygon, in order");
  }

  /**
   * Whether a point lies inside.
   *
   * @param x px of a picture of the given size
   */
  public boolean contains(double x, double y, int width, int height) {
    Coordinate[] ring = ring(points, unit.scale(width), unit.scale(height));
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
}
