package io.alcedo.connectors.simulation.render;

/** Solids drawn into a mesh. */
public final class Shapes {
  private Shapes() {}

  /**
   * A box standing on a level.
   *
   * @param center middle of its floor
   * @param length along the heading, m
   * @param width across, m
   * @param heading radians from east, counter-clockwise
   */
  public static void box(
      Mesh mesh,
      Vec3 center,
      double length,
      double width,
      double height,
      double heading,
      Rgb color) {
    Vec3 along = direction(heading).times(length / 2);
    Vec3 across = direction(heading + Math.PI / 2).times(width / 2);
    block(mesh, center, along, across, height, color);
  }

  /** A box from half axes: along, across and up. */
  public static void block(
      Mesh mesh, Vec3 center, Vec3 along, Vec3 across, double height, Rgb color) {
    Vec3 a = center.minus(along).minus(across);
    Vec3 b = center.plus(along).minus(across);
    Vec3 c = center.plus(along).plus(across);
    Vec3 d = center.minus(along).plus(across);
    wall(mesh, a, b, height, color);
    wall(mesh, b, c, height, color);
    wall(mesh, c, d, height, color);
    wall(mesh, d, a, height, color);
    Vec3 up = Vec3.UP.times(height);
    mesh.polygon(Vec3.UP, color, a.plus(up), b.plus(up), c.plus(up), d.plus(up));
  }

  /** An upright rectangle over the line from a to b, facing right of it. */
  public static void wall(Mesh mesh, Vec3 a, Vec3 b, double height, Rgb color) {
    Vec3 up = Vec3.UP.times(height);
    Vec3 normal = b.minus(a).cross(Vec3.UP);
    mesh.polygon(normal, color, a, b, b.plus(up), a.plus(up));
  }

  /** A round bar that tapers from one end to the other. */
  public static void bar(
      Mesh mesh, Vec3 from, Vec3 to, double fromRadius, double toRadius, int sides, Rgb color) {
    Vec3 axis = to.minus(from).normalized();
    Vec3 u = axis.cross(Math.abs(axis.z()) > 0.9 ? new Vec3(1, 0, 0) : Vec3.UP).normalized();
    Vec3 v = axis.cross(u);
    Tube tube = new Tube(mesh, sides);
    tube.ring(from, u.times(fromRadius), v.times(fromRadius), color);
    tube.ring(to, u.times(toRadius), v.times(toRadius), color);
    tube.cap(to, axis, color);
  }

  /** An ellipsoid whose surface is pushed in and out by noise: a clump of leaves, a stone. */
  public static void lump(
      Mesh mesh, Vec3 center, double radius, double height, double rough, Rgb color, int seed) {
    int rings = 5;
    Tube tube = new Tube(mesh, 8);
    for (int i = 0; i <= rings; i++) {
      double polar = Math.PI * (i + 0.15) / (rings + 0.3);
      double dent = 1 + rough * (Noise.unit(i, seed, 17) - 0.5);
      double r = radius * StrictMath.sin(polar) * dent;
      double turn = 6.28 * Noise.unit(i, seed, 29);
      tube.ring(
          center.plus(
              (Noise.unit(i, seed, 3) - 0.5) * rough * radius * 0.6,
              (Noise.unit(i, seed, 5) - 0.5) * rough * radius * 0.6,
              -height * StrictMath.cos(polar)),
          direction(turn * rough).times(r),
          direction(turn * rough + Math.PI / 2).times(r * (1 + rough * 0.4 * dent)),
          color);
    }
  }

  /** Unit vector of the ground plane, radians from east, counter-clockwise. */
  public static Vec3 direction(double heading) {
    return new Vec3(StrictMath.cos(heading), StrictMath.sin(heading), 0);
  }
}
