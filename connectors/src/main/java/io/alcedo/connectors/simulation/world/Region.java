package io.alcedo.connectors.simulation.world;

/** A shape on the ground, as a signed distance: negative inside, m. */
@FunctionalInterface
public interface Region {
  double distance(double x, double y);

  /** The whole plane. */
  static Region everywhere() {
    return (x, y) -> -1000;
  }

  /** A rectangle about its middle, turned by a heading. */
  static Region rectangle(double cx, double cy, double length, double width, double heading) {
    double cos = StrictMath.cos(heading);
    double sin = StrictMath.sin(heading);
    return (x, y) -> {
      double dx = x - cx;
      double dy = y - cy;
      double along = Math.abs(dx * cos + dy * sin) - length / 2;
      double across = Math.abs(dy * cos - dx * sin) - width / 2;
      double outside = StrictMath.hypot(Math.max(along, 0), Math.max(across, 0));
      return outside + Math.min(0, Math.max(along, across));
    };
  }

  static Region disk(double cx, double cy, double radius) {
    return (x, y) -> Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) - radius;
  }

  /**
   * A way of constant width through points.
   *
   * @param points x, y of each
   */
  static Region way(double width, double... points) {
    return (x, y) -> {
      double nearest = Double.MAX_VALUE;
      for (int i = 0; i + 3 < points.length; i += 2) {
        double ax = x - points[i];
        double ay = y - points[i + 1];
        double bx = points[i + 2] - points[i];
        double by = points[i + 3] - points[i + 1];
        double t = Math.max(0, Math.min(1, (ax * bx + ay * by) / (bx * bx + by * by)));
        double dx = ax - t * bx;
        double dy = ay - t * by;
        nearest = Math.min(nearest, dx * dx + dy * dy);
      }
      return Math.sqrt(nearest) - width / 2;
    };
  }

  /** The edge of this region as a line of its own. */
  default Region outline(double width) {
    return (x, y) -> Math.abs(distance(x, y)) - width / 2;
  }
}
