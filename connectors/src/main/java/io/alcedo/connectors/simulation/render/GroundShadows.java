package io.alcedo.connectors.simulation.render;

import java.util.Arrays;

/**
 * Shadows of moving actors on the ground: the body projected along the sun's rays, softened, takes
 * away the sun's share of the light; a dark patch under the feet stands for the sky that the body
 * hides. Only ground darkens, never a wall or another actor.
 */
public final class GroundShadows {
  private final PinholeCamera camera;
  private final Backdrop backdrop;
  private final float[] cover; // [height, width] 0 to 1
  private final float[] row;
  private final TriangleFill fill;
  private float[] fallen = new float[0];
  private float[] screen = new float[0];
  private int left;
  private int top;
  private int right;
  private int bottom;

  public GroundShadows(PinholeCamera camera, Backdrop backdrop) {
    this.camera = camera;
    this.backdrop = backdrop;
    this.cover = new float[camera.width * camera.height];
    this.row = new float[Math.max(camera.width, camera.height)];
    this.fill = new TriangleFill(camera.width, camera.height);
    resetRegion();
  }

  /** Adds the shadow of a body; nothing without sun or with a sun at the horizon. */
  public void cast(Mesh mesh, Lighting light) {
    double rise = light.toSun().z();
    if (!light.hasSun() || rise < 0.12) {
      return;
    }
    int length = mesh.vertexCount * 3;
    if (fallen.length < length) {
      fallen = new float[length * 2];
      screen = new float[length * 2];
    }
    float dx = (float) (-light.toSun().x() / rise);
    float dy = (float) (-light.toSun().y() / rise);
    for (int i = 0; i < length; i += 3) {
      float z = Math.max(0, mesh.positions[i + 2]);
      fallen[i] = mesh.positions[i] + dx * z;
      fallen[i + 1] = mesh.positions[i + 1] + dy * z;
      fallen[i + 2] = 0;
    }
    camera.project(fallen, mesh.vertexCount, screen);
    for (int t = 0; t < mesh.triangleCount; t++) {
      int a = mesh.triangles[3 * t] * 3;
      int b = mesh.triangles[3 * t + 1] * 3;
      int c = mesh.triangles[3 * t + 2] * 3;
      if (screen[a + 2] > 0 && screen[b + 2] > 0 && screen[c + 2] > 0) {
        fill.fill(
            screen[a],
            screen[a + 1],
            screen[b],
            screen[b + 1],
            screen[c],
            screen[c + 1],
            (cell, sb, sc) -> cover[cell] = 1);
      }
    }
    grow(mesh.vertexCount);
  }

  private void grow(int vertices) {
    for (int i = 0; i < vertices * 3; i += 3) {
      if (screen[i + 2] > 0) {
        left = Math.min(left, (int) Math.max(0, screen[i] - 4));
        top = Math.min(top, (int) Math.max(0, screen[i + 1] - 4));
        right = Math.max(right, (int) Math.min(camera.width, screen[i] + 5));
        bottom = Math.max(bottom, (int) Math.min(camera.height, screen[i + 1] + 5));
      }
    }
  }

  /** Darkens the ground of a picture, [height, width, 3] linear, and forgets the shadows. */
  public void apply(float[] linear) {
    if (left >= right || top >= bottom) {
      return;
    }
    soften();
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int pixel = y * camera.width + x;
        float kept = 1 - 0.92f * cover[pixel] * backdrop.sunShare()[pixel];
        linear[3 * pixel] *= kept;
        linear[3 * pixel + 1] *= kept;
        linear[3 * pixel + 2] *= kept;
      }
      Arrays.fill(cover, y * camera.width + left, y * camera.width + right, 0);
    }
    resetRegion();
  }

  private void resetRegion() {
    left = camera.width;
    top = camera.height;
    right = 0;
    bottom = 0;
  }

  private void soften() {
    for (int y = top; y < bottom; y++) {
      blur(y * camera.width + left, 1, right - left);
    }
    for (int x = left; x < right; x++) {
      blur(top * camera.width + x, camera.width, bottom - top);
    }
  }

  private void blur(int from, int stride, int count) {
    for (int i = 0; i < count; i++) {
      row[i] = cover[from + i * stride];
    }
    for (int i = 0; i < count; i++) {
      float before = row[Math.max(0, i - 1)];
      float after = row[Math.min(count - 1, i + 1)];
      cover[from + i * stride] = 0.25f * before + 0.5f * row[i] + 0.25f * after;
    }
  }

  /**
   * Darkens the ground around a place: where a body hides the sky.
   *
   * @param radius at which the patch has faded to a third, m
   * @param strength share of the light taken away in its middle
   */
  public void contact(float[] linear, Vec3 place, double radius, double strength) {
    Vec3 floor = new Vec3(place.x(), place.y(), 0);
    double depth = camera.depth(floor);
    if (depth < PinholeCamera.NEAR) {
      return;
    }
    ImagePoint center = camera.project(floor);
    double reach = 2 * radius * camera.focal / depth;
    int x1 = (int) Math.min(camera.width, center.x() + reach + 1);
    int y1 = (int) Math.min(camera.height, center.y() + reach + 1);
    for (int y = (int) Math.max(0, center.y() - reach); y < y1; y++) {
      for (int x = (int) Math.max(0, center.x() - reach); x < x1; x++) {
        if (backdrop.ground()[y * camera.width + x] != 0) {
          darken(linear, x, y, floor, radius, strength);
        }
      }
    }
  }

  private void darken(float[] linear, int x, int y, Vec3 floor, double radius, double strength) {
    Vec3 ray = camera.ray(x + 0.5, y + 0.5);
    double t = camera.position.z() / -ray.z();
    double dx = camera.position.x() + ray.x() * t - floor.x();
    double dy = camera.position.y() + ray.y() * t - floor.y();
    double square = (dx * dx + dy * dy) / (radius * radius);
    if (square < 4) {
      float falloff = (float) ((1 - square / 4) * (1 - square / 4));
      float kept = (float) (1 - strength * falloff);
      int pixel = 3 * (y * camera.width + x);
      linear[pixel] *= kept;
      linear[pixel + 1] *= kept;
      linear[pixel + 2] *= kept;
    }
  }
}
