package io.alcedo.connectors.simulation.render;

/**
 * A pinhole camera over the ground: no lens distortion, square pixels, principal point in the
 * middle. Image coordinates are continuous pixels, x to the right, y down.
 */
public final class PinholeCamera {
  /** Nothing nearer than this is drawn, m. */
  public static final float NEAR = 0.4f;

  final int width;
  final int height;
  final float focal;
  final Vec3 position;
  final Vec3 forward;
  final Vec3 right;
  final Vec3 up;

  private PinholeCamera(
      int width, int height, double focal, Vec3 position, Vec3 forward, Vec3 right, Vec3 up) {
    this.width = width;
    this.height = height;
    this.focal = (float) focal;
    this.position = position;
    this.forward = forward;
    this.right = right;
    this.up = up;
  }

  /**
   * A camera at a place, looking at a target.
   *
   * @param verticalFieldOfView whole angle from the picture's upper to its lower edge, radians
   * @param roll turn about the optical axis, radians
   */
  public static PinholeCamera lookingAt(
      Vec3 position, Vec3 target, double verticalFieldOfView, double roll, int width, int height) {
    Vec3 forward = target.minus(position).normalized();
    Vec3 right = forward.cross(Vec3.UP).normalized();
    Vec3 up = right.cross(forward);
    double cos = StrictMath.cos(roll);
    double sin = StrictMath.sin(roll);
    double focal = height / 2.0 / StrictMath.tan(verticalFieldOfView / 2);
    return new PinholeCamera(
        width,
        height,
        focal,
        position,
        forward,
        right.times(cos).plus(up.times(sin)),
        up.times(cos).minus(right.times(sin)));
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public Vec3 position() {
    return position;
  }

  /** Focal length, px. */
  public double focal() {
    return focal;
  }

  /** Distance along the optical axis, m; negative behind the camera. */
  public double depth(Vec3 point) {
    return point.minus(position).dot(forward);
  }

  /** Where a point appears, px; meaningless where its depth is not positive. */
  public ImagePoint project(Vec3 point) {
    Vec3 seen = point.minus(position);
    double scale = focal / seen.dot(forward);
    return new ImagePoint(
        width / 2.0 + scale * seen.dot(right), height / 2.0 - scale * seen.dot(up));
  }

  /** Direction through a place of the picture, of depth 1 (not of length 1). */
  public Vec3 ray(double x, double y) {
    return forward
        .plus(right.times((x - width / 2.0) / focal))
        .plus(up.times((height / 2.0 - y) / focal));
  }

  /**
   * Projects many points.
   *
   * @param points x, y, z of each
   * @param out receives x px, y px and 1 / depth of each; 1 / depth is 0 in front of the near plane
   */
  void project(float[] points, int count, float[] out) {
    float px = (float) position.x();
    float py = (float) position.y();
    float pz = (float) position.z();
    float fx = (float) forward.x();
    float fy = (float) forward.y();
    float fz = (float) forward.z();
    float rx = (float) right.x() * focal;
    float ry = (float) right.y() * focal;
    float rz = (float) right.z() * focal;
    float ux = (float) up.x() * focal;
    float uy = (float) up.y() * focal;
    float uz = (float) up.z() * focal;
    for (int i = 0; i < count * 3; i += 3) {
      float x = points[i] - px;
      float y = points[i + 1] - py;
      float z = points[i + 2] - pz;
      float depth = x * fx + y * fy + z * fz;
      float inverse = depth < NEAR ? 0 : 1 / depth;
      out[i] = width * 0.5f + (x * rx + y * ry + z * rz) * inverse;
      out[i + 1] = height * 0.5f - (x * ux + y * uy + z * uz) * inverse;
      out[i + 2] = inverse;
    }
  }
}
