package io.alcedo.connectors.simulation.render;

import java.util.List;

/**
 * What the sun sees of the static scene: a depth picture taken along its rays (L. Williams, Casting
 * curved shadows on curved surfaces, 1978), looked up with four taps for a soft edge.
 */
final class ShadowMap {
  private static final int SIDE = 1024;
  private static final float BIAS = 0.12f;

  private final float[] nearest = new float[SIDE * SIDE]; // m towards the sun
  private final float[] u; // axis across the rays, scaled to cells
  private final float[] v;
  private final float[] w; // axis towards the sun, m
  private final float[] project = new float[3];

  ShadowMap(List<Part> parts, Vec3 toSun, Vec3 center, double radius) {
    Vec3 across = toSun.cross(Vec3.UP).normalized();
    Vec3 along = toSun.cross(across);
    double scale = SIDE / (2 * radius);
    u = axis(across.times(scale), center);
    v = axis(along.times(scale), center);
    w = axis(toSun, center);
    java.util.Arrays.fill(nearest, -1e9f);
    TriangleFill fill = new TriangleFill(SIDE, SIDE);
    for (Part part : parts) {
      draw(part.mesh(), fill);
    }
  }

  private static float[] axis(Vec3 direction, Vec3 center) {
    return new float[] {
      (float) direction.x(),
      (float) direction.y(),
      (float) direction.z(),
      (float) -direction.dot(center)
    };
  }

  private void draw(Mesh mesh, TriangleFill fill) {
    float[] points = new float[mesh.vertexCount * 3];
    for (int i = 0; i < mesh.vertexCount; i++) {
      int at = 3 * i;
      map(mesh.positions[at], mesh.positions[at + 1], mesh.positions[at + 2]);
      System.arraycopy(project, 0, points, at, 3);
    }
    for (int t = 0; t < mesh.triangleCount; t++) {
      int a = mesh.triangles[3 * t] * 3;
      int b = mesh.triangles[3 * t + 1] * 3;
      int c = mesh.triangles[3 * t + 2] * 3;
      float wa = points[a + 2];
      float wb = points[b + 2] - wa;
      float wc = points[c + 2] - wa;
      fill.fill(
          points[a],
          points[a + 1],
          points[b],
          points[b + 1],
          points[c],
          points[c + 1],
          (cell, sb, sc) -> nearest[cell] = Math.max(nearest[cell], wa + sb * wb + sc * wc));
    }
  }

  private void map(float x, float y, float z) {
    project[0] = u[0] * x + u[1] * y + u[2] * z + u[3] + SIDE / 2f;
    project[1] = v[0] * x + v[1] * y + v[2] * z + v[3] + SIDE / 2f;
    project[2] = w[0] * x + w[1] * y + w[2] * z + w[3];
  }

  /** Share of the sun that reaches a place, 0 to 1. */
  float visibility(float x, float y, float z) {
    map(x, y, z);
    float px = project[0] - 0.5f;
    float py = project[1] - 0.5f;
    int ix = (int) px;
    int iy = (int) py;
    if (px < 0 || py < 0 || ix >= SIDE - 1 || iy >= SIDE - 1) {
      return 1;
    }
    float fx = px - ix;
    float fy = py - iy;
    float depth = project[2] + BIAS;
    int cell = iy * SIDE + ix;
    float low = lit(cell, depth) * (1 - fx) + lit(cell + 1, depth) * fx;
    float high = lit(cell + SIDE, depth) * (1 - fx) + lit(cell + SIDE + 1, depth) * fx;
    return low * (1 - fy) + high * fy;
  }

  private float lit(int cell, float depth) {
    return nearest[cell] > depth ? 0 : 1;
  }
}
