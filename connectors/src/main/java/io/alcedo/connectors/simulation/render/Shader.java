package io.alcedo.connectors.simulation.render;

/**
 * Light that leaves a point towards the camera: Lambert's law for the sun (with shadows), the sky,
 * the ground's bounce and the lamps, a mirrored sky on glossy and wet surfaces, and haze in
 * between.
 */
final class Shader {
  private final Lighting light;
  private final ShadowMap shadows; // null without sun
  private final float sx;
  private final float sy;
  private final float sz;
  private final float[] lamps; // x, y, z, r, g, b of each

  /** Radiance of the last point, linear. */
  float r;

  float g;
  float b;

  /** Share of the last point's light that came straight from the sun. */
  float sunShare;

  Shader(Lighting light, ShadowMap shadows) {
    this.light = light;
    this.shadows = shadows;
    this.sx = (float) light.toSun().x();
    this.sy = (float) light.toSun().y();
    this.sz = (float) light.toSun().z();
    this.lamps = new float[light.lamps().size() * 6];
    for (int i = 0; i < light.lamps().size(); i++) {
      Lamp lamp = light.lamps().get(i);
      lamps[6 * i] = (float) lamp.position().x();
      lamps[6 * i + 1] = (float) lamp.position().y();
      lamps[6 * i + 2] = (float) lamp.position().z();
      lamps[6 * i + 3] = lamp.color().r();
      lamps[6 * i + 4] = lamp.color().g();
      lamps[6 * i + 5] = lamp.color().b();
    }
  }

  /**
   * Shades a point.
   *
   * @param towards cosine between the normal and the direction to the camera
   * @param depth distance along the optical axis, m
   */
  void shade(SurfacePoint p, float towards, float depth) {
    float facing = p.nx * sx + p.ny * sy + p.nz * sz;
    float direct = 0;
    if (shadows != null && facing > 0) {
      direct = facing * shadows.visibility(p.x, p.y, p.z);
    }
    float above = 0.5f + 0.5f * p.nz;
    float below = 1 - above;
    float ir = direct * light.sun().r() + above * light.sky().r() + below * light.bounce().r();
    float ig = direct * light.sun().g() + above * light.sky().g() + below * light.bounce().g();
    float ib = direct * light.sun().b() + above * light.sky().b() + below * light.bounce().b();
    float sunPart = direct * light.sun().g() / Math.max(ig, 1e-6f);
    float grazing = 1 - Math.min(1, Math.abs(towards));
    float grazing2 = grazing * grazing;
    float mirrored = p.gloss * (0.04f + 0.96f * grazing2 * grazing2 * grazing);
    r = p.r * ir;
    g = p.g * ig;
    b = p.b * ib;
    addLamps(p);
    r += mirrored * light.sky().r() + p.glow * 1.0f;
    g += mirrored * light.sky().g() + p.glow * 0.78f;
    b += mirrored * light.sky().b() + p.glow * 0.48f;
    sunShare = sunPart;
    if (light.extinction() > 0) {
      haze(depth);
    }
  }

  private void addLamps(SurfacePoint p) {
    for (int i = 0; i < lamps.length; i += 6) {
      float dx = lamps[i] - p.x;
      float dy = lamps[i + 1] - p.y;
      float dz = lamps[i + 2] - p.z;
      float square = dx * dx + dy * dy + dz * dz;
      float facing = dx * p.nx + dy * p.ny + dz * p.nz;
      if (square > 900 || facing <= 0 || dz <= 0) {
        continue;
      }
      float inverse = (float) (1 / Math.sqrt(square));
      // A hood: the beam narrows away from straight down.
      float beam = dz * inverse;
      float amount = beam * facing * inverse / (1 + square);
      r += p.r * amount * lamps[i + 3];
      g += p.g * amount * lamps[i + 4];
      b += p.b * amount * lamps[i + 5];
    }
  }

  private void haze(float depth) {
    float kept = (float) StrictMath.exp(-light.extinction() * depth);
    r = r * kept + light.haze().r() * (1 - kept);
    g = g * kept + light.haze().g() * (1 - kept);
    b = b * kept + light.haze().b() * (1 - kept);
    sunShare *= kept;
  }
}
