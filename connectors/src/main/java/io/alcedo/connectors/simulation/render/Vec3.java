package io.alcedo.connectors.simulation.render;

/** A point or a direction of the world: x east, y north, z up, metres. */
public record Vec3(double x, double y, double z) {
  public static final Vec3 UP = new Vec3(0, 0, 1);

  public Vec3 plus(Vec3 other) {
    return new Vec3(x + other.x, y + other.y, z + other.z);
  }

  public Vec3 plus(double dx, double dy, double dz) {
    return new Vec3(x + dx, y + dy, z + dz);
  }

  public Vec3 minus(Vec3 other) {
    return new Vec3(x - other.x, y - other.y, z - other.z);
  }

  public Vec3 times(double factor) {
    return new Vec3(x * factor, y * factor, z * factor);
  }

  public double dot(Vec3 other) {
    return x * other.x + y * other.y + z * other.z;
  }

  public Vec3 cross(Vec3 o) {
    return new Vec3(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
  }

  public double length() {
    return Math.sqrt(dot(this));
  }

  /** The direction of this vector, length 1; the zero vector stays as it is. */
  public Vec3 normalized() {
    double length = length();
    return length == 0 ? this : times(1 / length);
  }

  /** The point at a fraction of the way from this to the other. */
  public Vec3 towards(Vec3 other, double fraction) {
    return plus(other.minus(this).times(fraction));
  }
}
