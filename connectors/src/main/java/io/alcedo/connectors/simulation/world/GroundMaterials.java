package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Noise;
import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Surface;
import io.alcedo.connectors.simulation.render.SurfacePoint;

/** What the ground is made of. */
final class GroundMaterials {
  private GroundMaterials() {}

  /** Even paint. */
  static Surface paint(Rgb color) {
    return p -> {
      p.paint(color);
      p.scale(1 + 0.5f * Noise.fractal(p.x, p.y, 0.5f, 4, p.footprint, 31));
    };
  }

  /** Asphalt with patches, cracks and grit. */
  static Surface asphalt(Rgb color, int seed) {
    return p -> {
      p.paint(color);
      p.scale(1 + 0.3f * Noise.fractal(p.x, p.y, 3, 4, p.footprint, seed));
      grain(p, 0.03f, 0.4f, seed + 1);
      crack(p, seed);
      stain(p, seed);
    };
  }

  private static void crack(SurfacePoint p, int seed) {
    float where = Noise.step(0.05f, 0.2f, Noise.fractal(p.x, p.y, 9, 2, p.footprint, seed + 50));
    if (where == 0) {
      return;
    }
    float line = Math.abs(Noise.fractal(p.x, p.y, 5, 4, p.footprint, seed + 40));
    float width = 0.006f + p.footprint * 0.1f;
    float fade = 0.006f / width;
    p.scale(1 - 0.6f * fade * where * (1 - Noise.step(0, width * 2, line)));
  }

  private static void stain(SurfacePoint p, int seed) {
    float spot = Noise.at(p.x * 0.7f, p.y * 0.7f, seed + 60);
    if (spot > 0.8f) {
      float ragged = spot + 0.15f * Noise.fractal(p.x, p.y, 0.4f, 3, p.footprint, seed + 61);
      p.scale(1 - 0.3f * Noise.step(0.82f, 0.95f, ragged));
    }
  }

  private static void grain(SurfacePoint p, float size, float strength, int seed) {
    float fade = Math.min(1, size / p.footprint);
    p.scale(1 + strength * fade * (Noise.at(p.x / size, p.y / size, seed) - 0.5f));
  }

  /** Rectangular slabs in courses, each a little different, with dark joints. */
  static Surface slabs(Rgb color, float length, float width, float variety, int seed) {
    return p -> {
      int course = floor(p.y / width);
      float shifted = p.x / length + (course & 1) * 0.5f;
      int slab = floor(shifted);
      float across = edge(p.y / width - course) * width;
      float along = edge(shifted - slab) * length;
      p.paint(color);
      float fade = Math.min(1, width / p.footprint / 2);
      p.scale(1 + fade * variety * (Noise.unit(slab, course, seed) - 0.5f));
      p.scale(1 + 0.3f * Noise.fractal(p.x, p.y, 1.2f, 4, p.footprint, seed));
      float joint = Math.min(across, along);
      float soft = 0.012f + 0.5f * p.footprint;
      p.scale(1 - 0.45f * (0.012f / soft) * (1 - Noise.step(0, soft, joint)));
    };
  }

  /** Grass, mown in places, bare in others. */
  static Surface grass(Rgb color, int seed) {
    Rgb dry = color.mix(Rgb.srgb(0x9a8f55), 0.6);
    Rgb soil = Rgb.srgb(0x6b5840);
    return p -> {
      p.paint(color);
      float patch = Noise.fractal(p.x, p.y, 5, 4, p.footprint, seed);
      p.blend(dry, Noise.step(-0.1f, 0.6f, patch) * 0.7f);
      p.blend(soil, Noise.step(0.3f, 0.5f, Noise.fractal(p.x, p.y, 3, 4, p.footprint, seed + 9)));
      p.scale(1 + 0.7f * Noise.fractal(p.x, p.y * 0.6f, 0.3f, 4, p.footprint, seed + 20));
      grain(p, 0.04f, 0.9f, seed + 2);
    };
  }

  /** Gravel or sand. */
  static Surface gravel(Rgb color, int seed) {
    return p -> {
      p.paint(color);
      p.scale(1 + 0.5f * Noise.fractal(p.x, p.y, 2, 5, p.footprint, seed));
      grain(p, 0.05f, 0.7f, seed + 3);
    };
  }

  /** Water with ripples. */
  static Surface water(Rgb color, int seed) {
    return p -> {
      p.paint(color);
      p.scale(1 + 0.8f * Noise.fractal(p.x * 0.4f, p.y, 0.9f, 4, p.footprint, seed));
      p.gloss = 0.9f;
    };
  }

  private static float edge(float fraction) {
    return Math.min(fraction, 1 - fraction);
  }

  private static int floor(float value) {
    return (int) Math.floor(value);
  }
}
