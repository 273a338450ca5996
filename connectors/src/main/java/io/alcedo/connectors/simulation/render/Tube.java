package io.alcedo.connectors.simulation.render;

/**
 * A skin over elliptical rings: limbs, torsos, skirts, poles, wheels. Each ring is joined to the
 * one before it.
 */
public final class Tube {
  private final Mesh mesh;
  private final int sides;
  private final double[] cos;
  private final double[] sin;
  private int previous = -1;

  /** The colour of a ring around its axis. */
  @FunctionalInterface
  public interface Coloring {
    /**
     * Colour at an angle.
     *
     * @param angle radians from the ring's first axis towards its second
     */
    Rgb at(double angle);
  }

  public Tube(Mesh mesh, int sides) {
    this.mesh = mesh;
    this.sides = sides;
    this.cos = new double[sides];
    this.sin = new double[sides];
    for (int i = 0; i < sides; i++) {
      cos[i] = StrictMath.cos(2 * Math.PI * i / sides);
      sin[i] = StrictMath.sin(2 * Math.PI * i / sides);
    }
  }

  public void ring(Vec3 center, Vec3 u, Vec3 v, Rgb color) {
    ring(center, u, v, angle -> color);
  }

  /**
   * The next ring.
   *
   * @param u first half axis, m
   * @param v second half axis, m
   */
  public void ring(Vec3 center, Vec3 u, Vec3 v, Coloring coloring) {
    double uu = Math.max(u.dot(u), 1e-8);
    double vv = Math.max(v.dot(v), 1e-8);
    int first = mesh.vertexCount();
    for (int i = 0; i < sides; i++) {
      Vec3 position = center.plus(u.times(cos[i])).plus(v.times(sin[i]));
      Vec3 normal = u.times(cos[i] / uu).plus(v.times(sin[i] / vv));
      mesh.vertex(position, normal, coloring.at(2 * Math.PI * i / sides));
    }
    if (previous >= 0) {
      join(first);
    }
    previous = first;
  }

  private void join(int first) {
    for (int i = 0; i < sides; i++) {
      int next = (i + 1) % sides;
      mesh.triangle(previous + i, previous + next, first + next);
      mesh.triangle(previous + i, first + next, first + i);
    }
  }

  /** Closes the tube at its last ring. */
  public void cap(Vec3 tip, Vec3 normal, Rgb color) {
    int center = mesh.vertex(tip, normal, color);
    for (int i = 0; i < sides; i++) {
      mesh.triangle(previous + i, previous + (i + 1) % sides, center);
    }
  }
}
