package io.alcedo.connectors.simulation.render;

/** Finds what a pixel's centre meets on a triangle, paints and lights it. */
final class PixelShader {
  private final PinholeCamera camera;
  private final VisibilityBuffer visible;
  private final Surface ground;
  private final Lighting light;
  private final Shader shader;
  private final SurfacePoint point = new SurfacePoint();
  private Vec3 ray = Vec3.UP;
  private int lastPart;
  private int lastFrom;
  private int lastTo;

  PixelShader(
      PinholeCamera camera,
      VisibilityBuffer visible,
      Surface ground,
      Lighting light,
      ShadowMap shadows) {
    this.camera = camera;
    this.visible = visible;
    this.ground = ground;
    this.light = light;
    this.shader = new Shader(light, shadows);
  }

  /** Shades one pixel from the triangles that its four samples see. */
  void resolve(int x, int y, int[] seen, Backdrop out) {
    ray = camera.ray(x + 0.5, y + 0.5);
    int pixel = y * out.width() + x;
    for (int i = 0; i < 4; i++) {
      int samples = 1;
      boolean first = true;
      for (int j = 0; j < 4; j++) {
        if (j != i && seen[j] == seen[i]) {
          first &= j > i;
          samples++;
        }
      }
      if (first) {
        add(seen[i], samples / 4f, pixel, out);
      }
    }
  }

  private void add(int triangle, float share, int pixel, Backdrop out) {
    shade(triangle);
    out.linear()[3 * pixel] += share * shader.r;
    out.linear()[3 * pixel + 1] += share * shader.g;
    out.linear()[3 * pixel + 2] += share * shader.b;
    if (triangle == VisibilityBuffer.GROUND && share >= 0.5f) {
      out.ground()[pixel] = 1;
      out.sunShare()[pixel] = shader.sunShare;
    }
  }

  private void shade(int triangle) {
    point.glow = 0;
    point.gloss = 0;
    if (triangle == VisibilityBuffer.SKY) {
      shadeSky();
    } else if (triangle == VisibilityBuffer.GROUND) {
      shadeGround();
    } else {
      shadeTriangle(triangle);
    }
  }

  private void shadeSky() {
    float up = (float) Math.max(0, ray.z() / ray.length());
    float cloud =
        Noise.fractal(
            (float) (ray.x() / (ray.z() + 0.2)),
            (float) (ray.y() / (ray.z() + 0.2)),
            2,
            4,
            0.01f,
            5);
    float tone = 1.15f - 0.4f * up + 0.3f * cloud;
    shader.r = light.haze().r() * tone;
    shader.g = light.haze().g() * tone;
    shader.b = light.haze().b() * tone;
    shader.sunShare = 0;
  }

  private void shadeGround() {
    // An edge pixel's centre may look over the horizon: far away is near enough.
    float depth = (float) Math.min(400, camera.position.z() / Math.max(1e-4, -ray.z()));
    place(depth);
    point.nx = 0;
    point.ny = 0;
    point.nz = 1;
    float towards = (float) (-ray.z() / ray.length());
    point.footprint = depth / camera.focal / Math.max(0.15f, (float) Math.sqrt(towards));
    ground.paint(point);
    if (light.wetness() > 0) {
      wet();
    }
    shader.shade(point, towards, depth);
  }

  /** Water fills the pores: darker, and mirrors the sky, most in puddles. */
  private void wet() {
    float wetness = (float) light.wetness();
    float depthOfWater = Noise.fractal(point.x, point.y, 3, 4, point.footprint * 2, 77);
    float near = Math.min(1, 0.06f / point.footprint);
    float puddle = near * Noise.step(0.2f, 0.4f, depthOfWater);
    point.scale(1 - wetness * (0.35f + 0.2f * puddle));
    point.gloss = Math.max(point.gloss, wetness * (0.25f + 0.6f * puddle));
  }

  private void place(float depth) {
    point.x = (float) (camera.position.x() + ray.x() * depth);
    point.y = (float) (camera.position.y() + ray.y() * depth);
    point.z = (float) (camera.position.z() + ray.z() * depth);
  }

  private void shadeTriangle(int triangle) {
    if (triangle < lastFrom || triangle >= lastTo) {
      lastPart = visible.partOf(triangle);
      lastFrom = visible.firstTriangle[lastPart];
      lastTo = lastFrom + visible.parts.get(lastPart).mesh().triangleCount;
    }
    Part part = visible.parts.get(lastPart);
    float depth = intersect(part.mesh(), triangle - lastFrom);
    place(depth);
    float length = (float) ray.length();
    float towards =
        -(float) (point.nx * ray.x() + point.ny * ray.y() + point.nz * ray.z()) / length;
    if (towards < 0) {
      point.nx = -point.nx;
      point.ny = -point.ny;
      point.nz = -point.nz;
      towards = -towards;
    }
    point.footprint = depth / camera.focal / Math.max(0.3f, (float) Math.sqrt(towards));
    part.surface().paint(point);
    point.glow *= (float) light.night();
    shader.shade(point, towards, depth);
  }

  /**
   * Depth at which the pixel's ray meets the triangle (T. Möller, B. Trumbore, Fast minimum storage
   * ray/triangle intersection, 1997), shares clamped into it, because the centre of an edge pixel
   * may miss. Sets normal and colour of the point.
   */
  private float intersect(Mesh mesh, int t) {
    int a = mesh.triangles[3 * t] * 3;
    int b = mesh.triangles[3 * t + 1] * 3;
    int c = mesh.triangles[3 * t + 2] * 3;
    Vec3 origin = corner(mesh.positions, a);
    Vec3 ab = corner(mesh.positions, b).minus(origin);
    Vec3 ac = corner(mesh.positions, c).minus(origin);
    Vec3 p = ray.cross(ac);
    double determinant = ab.dot(p);
    Vec3 from = camera.position.minus(origin);
    Vec3 q = from.cross(ab);
    double u = 1.0 / 3;
    double v = 1.0 / 3;
    if (Math.abs(determinant) > 1e-12) {
      u = Math.min(1, Math.max(0, from.dot(p) / determinant));
      v = Math.min(1 - u, Math.max(0, ray.dot(q) / determinant));
    }
    interpolate(mesh, a, b, c, (float) u, (float) v);
    return (float)
        Math.max(PinholeCamera.NEAR, camera.depth(origin.plus(ab.times(u)).plus(ac.times(v))));
  }

  private void interpolate(Mesh mesh, int a, int b, int c, float u, float v) {
    float w = 1 - u - v;
    float[] n = mesh.normals;
    point.nx = w * n[a] + u * n[b] + v * n[c];
    point.ny = w * n[a + 1] + u * n[b + 1] + v * n[c + 1];
    point.nz = w * n[a + 2] + u * n[b + 2] + v * n[c + 2];
    float[] colors = mesh.colors;
    point.r = w * colors[a] + u * colors[b] + v * colors[c];
    point.g = w * colors[a + 1] + u * colors[b + 1] + v * colors[c + 1];
    point.b = w * colors[a + 2] + u * colors[b + 2] + v * colors[c + 2];
  }

  private static Vec3 corner(float[] positions, int at) {
    return new Vec3(positions[at], positions[at + 1], positions[at + 2]);
  }
}
