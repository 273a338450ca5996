package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Vec3;

/**
 * Something that walkers go around and that hides what is behind it: an upright box.
 *
 * @param length along the heading, m
 * @param bottom height of its lower side over the ground, m
 * @param top height of its upper side, m
 */
record Obstacle(
    double x, double y, double length, double width, double heading, double bottom, double top) {
  /** Distance from a place on the ground to the box, m; negative inside. */
  double distance(double px, double py) {
    return Region.rectangle(x, y, length, width, heading).distance(px, py);
  }

  /** Whether the line from one point to another goes through the box (slab method). */
  boolean hides(Vec3 from, Vec3 to) {
    double cos = StrictMath.cos(heading);
    double sin = StrictMath.sin(heading);
    double ax = (from.x() - x) * cos + (from.y() - y) * sin;
    double ay = (from.y() - y) * cos - (from.x() - x) * sin;
    double bx = (to.x() - x) * cos + (to.y() - y) * sin;
    double by = (to.y() - y) * cos - (to.x() - x) * sin;
    double[] span = {0, 1};
    return cut(span, ax, bx - ax, -length / 2, length / 2)
        && cut(span, ay, by - ay, -width / 2, width / 2)
        && cut(span, from.z(), to.z() - from.z(), bottom, top);
  }

  private static boolean cut(double[] span, double start, double step, double low, double high) {
    if (Math.abs(step) < 1e-9) {
      return start > low && start < high;
    }
    double first = (low - start) / step;
    double second = (high - start) / step;
    span[0] = Math.max(span[0], Math.min(first, second));
    span[1] = Math.min(span[1], Math.max(first, second));
    return span[0] < span[1];
  }
}
