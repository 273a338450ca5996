package io.alcedo.operators.stream.scene;

import java.io.Serializable;
import java.util.List;
import org.locationtech.jts.algorithm.Distance;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;

/**
 * A directed line in the picture, which somebody may cross.
 *
 * @param name by which rules and analytics call it
 * @param unit what the points count; default fraction
 * @param from its beginning [x, y]
 * @param to its end [x, y]
 */
public record TripLine(String name, Unit unit, List<Double> from, List<Double> to)
    implements Serializable {

  /** Which way a line is crossed, looking along it in the picture from its beginning to its end. */
  public enum Direction {
    NONE("none"),
    LEFT_TO_RIGHT("left-to-right"),
    RIGHT_TO_LEFT("right-to-left");

    private final String code;

    Direction(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  public TripLine {
    Checks.require(name != null && !name.isBlank(), "name is missing");
    unit = unit == null ? Unit.FRACTION : unit;
    unit.require("from", from);
    unit.require("to", to);
    Checks.require(!from.equals(to), "from and to are the same point");
    from = List.copyOf(from);
    to = List.copyOf(to);
  }

  /** How far a place is from the line, px of a picture of the given size. */
  public double distance(double x, double y, int width, int height) {
    return Distance.pointToSegment(
        new Coordinate(x, y), point(from, width, height), point(to, width, height));
  }

  /** How the way from one place to another crosses the line, px of a picture of the given size. */
  public Direction crossing(double x1, double y1, double x2, double y2, int width, int height) {
    Coordinate a = point(from, width, height);
    Coordinate b = point(to, width, height);
    Coordinate before = new Coordinate(x1, y1);
    Coordinate after = new Coordinate(x2, y2);
    boolean wasRight = isRight(a, b, before);
    boolean isRight = isRight(a, b, after);
    if (wasRight == isRight || isRight(before, after, a) == isRight(before, after, b)) {
      return Direction.NONE;
    }
    return isRight ? Direction.LEFT_TO_RIGHT : Direction.RIGHT_TO_LEFT;
  }

  /** The picture's y points down, so what is left by the sums is right to the eye. */
  private static boolean isRight(Coordinate from, Coordinate to, Coordinate place) {
    return Orientation.index(from, to, place) == Orientation.LEFT;
  }

  private Coordinate point(List<Double> point, int width, int height) {
    return new Coordinate(point.get(0) * unit.scale(width), point.get(1) * unit.scale(height));
  }
}
