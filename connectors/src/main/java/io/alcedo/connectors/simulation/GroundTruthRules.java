package io.alcedo.connectors.simulation;

import io.alcedo.connectors.simulation.render.ImagePoint;
import java.time.Duration;
import java.util.List;

/** Zones and lines whose events a simulated camera reports, px of its picture. */
public record GroundTruthRules(List<Zone> zones, List<Line> lines) {
  public GroundTruthRules {
    zones = List.copyOf(zones);
    lines = List.copyOf(lines);
  }

  public static GroundTruthRules none() {
    return new GroundTruthRules(List.of(), List.of());
  }

  /**
   * A polygon, closed by itself.
   *
   * @param dwell an object that stays in for so long without a break has dwelt
   */
  public record Zone(String name, List<ImagePoint> polygon, Duration dwell) {
    public Zone {
      polygon = List.copyOf(polygon);
      if (polygon.size() < 3) {
        throw new IllegalArgumentException(
            "zone %s has %d corners, expected at least 3".formatted(name, polygon.size()));
      }
    }

    /** Whether a place is inside (even-odd rule). */
    public boolean contains(ImagePoint point) {
      boolean inside = false;
      for (int i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
        ImagePoint a = polygon.get(i);
        ImagePoint b = polygon.get(j);
        if (a.y() > point.y() != b.y() > point.y()) {
          double x = a.x() + (b.x() - a.x()) * (point.y() - a.y()) / (b.y() - a.y());
          inside ^= point.x() < x;
        }
      }
      return inside;
    }
  }

  /** A line from one place to another. */
  public record Line(String name, ImagePoint from, ImagePoint to) {
    /** Positive to the right of the line, looking along it in the picture. */
    double side(ImagePoint point) {
      return (to.x() - from.x()) * (point.y() - from.y())
          - (to.y() - from.y()) * (point.x() - from.x());
    }

    /** How a step from one place to another crosses this line. */
    TruthEvent.Direction crossing(ImagePoint before, ImagePoint after) {
      double start = side(before);
      double end = side(after);
      if (start > 0 == end > 0) {
        return TruthEvent.Direction.NONE;
      }
      Line step = new Line(name, before, after);
      if (step.side(from) > 0 == step.side(to) > 0) {
        return TruthEvent.Direction.NONE;
      }
      return end > 0 ? TruthEvent.Direction.LEFT_TO_RIGHT : TruthEvent.Direction.RIGHT_TO_LEFT;
    }
  }
}
