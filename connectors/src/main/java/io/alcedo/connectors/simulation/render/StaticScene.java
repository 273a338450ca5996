package io.alcedo.connectors.simulation.render;

import java.util.List;

/**
 * What stands still, seen from one camera. Visibility is found once; each light is then one pass of
 * shading. A pixel is shaded once for each different triangle among its four samples, so edges are
 * smooth and the inside of a surface costs one evaluation.
 */
public final class StaticScene {
  private final PinholeCamera camera;
  private final Surface ground;
  private final VisibilityBuffer visible;
  private final Vec3 center;
  private final double radius;

  /**
   * Finds what the camera sees.
   *
   * @param center middle of what casts shadows
   * @param radius of what casts shadows, m
   */
  public StaticScene(
      PinholeCamera camera, List<Part> parts, Surface ground, Vec3 center, double radius) {
    this.camera = camera;
    this.ground = ground;
    this.center = center;
    this.radius = radius;
    this.visible = new VisibilityBuffer(camera, List.copyOf(parts));
  }

  public PinholeCamera camera() {
    return camera;
  }

  VisibilityBuffer visible() {
    return visible;
  }

  /** The shadows of what stands still, null without sun. */
  ShadowMap shadows(Lighting light) {
    return light.hasSun() ? new ShadowMap(visible.parts, light.toSun(), center, radius) : null;
  }

  /** Shades the whole picture. */
  public Backdrop lit(Lighting light) {
    return lit(light, shadows(light));
  }

  Backdrop lit(Lighting light, ShadowMap shadows) {
    int width = camera.width;
    int height = camera.height;
    Backdrop out =
        new Backdrop(
            width,
            height,
            new float[width * height * 3],
            new float[width * height],
            new byte[width * height]);
    PixelShader shader = new PixelShader(camera, visible, ground, light, shadows);
    int[] seen = new int[4];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int sample = 2 * y * visible.width + 2 * x;
        seen[0] = visible.triangle[sample];
        seen[1] = visible.triangle[sample + 1];
        seen[2] = visible.triangle[sample + visible.width];
        seen[3] = visible.triangle[sample + visible.width + 1];
        shader.resolve(x, y, seen, out);
      }
    }
    return out;
  }
}
