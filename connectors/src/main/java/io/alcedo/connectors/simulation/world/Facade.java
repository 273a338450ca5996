package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Noise;
import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Surface;
import io.alcedo.connectors.simulation.render.SurfacePoint;
import io.alcedo.connectors.simulation.render.Vec3;

/** One wall of a building: masonry, rows of windows, doors at its foot. */
final class Facade implements Surface {
  /** What a wall is built of. */
  enum Masonry {
    BRICK,
    PLASTER,
    CONCRETE,
    SHEET
  }

  /**
   * How a building looks, on all its walls.
   *
   * @param storey height of a storey, m
   * @param bay distance from one window's middle to the next, m
   * @param window width of a window as a share of the bay; 0 for none
   * @param opening height of a window as a share of the storey
   */
  record Style(
      Masonry masonry,
      Rgb wall,
      Rgb frame,
      Rgb door,
      float storey,
      float bay,
      float window,
      float opening,
      int seed) {}

  private final Style style;
  private final float originX;
  private final float originY;
  private final float alongX;
  private final float alongY;
  private final float length;
  private final float height;
  private final float doorAt; // m along the wall; negative for none

  Facade(Style style, Vec3 from, Vec3 to, double height, double doorAt) {
    Vec3 along = to.minus(from).normalized();
    this.style = style;
    this.originX = (float) from.x();
    this.originY = (float) from.y();
    this.alongX = (float) along.x();
    this.alongY = (float) along.y();
    this.length = (float) to.minus(from).length();
    this.height = (float) height;
    this.doorAt = (float) doorAt;
  }

  @Override
  public void paint(SurfacePoint p) {
    float u = (p.x - originX) * alongX + (p.y - originY) * alongY;
    masonry(p, u);
    weather(p, u);
    if (style.window() > 0) {
      windows(p, u);
    }
    if (doorAt >= 0) {
      door(p, u);
    }
  }

  private void masonry(SurfacePoint p, float u) {
    p.paint(style.wall());
    switch (style.masonry()) {
      case BRICK -> brick(p, u);
      case PLASTER ->
          p.scale(1 + 0.12f * Noise.fractal(u, p.z, 0.8f, 4, p.footprint, style.seed()));
      case CONCRETE -> concrete(p, u);
      case SHEET -> {
        float rib = Math.abs(u * 5 - (float) Math.floor(u * 5) - 0.5f);
        p.scale(1 + 0.35f * Math.min(1, 0.1f / p.footprint) * (rib - 0.25f));
      }
    }
  }

  private void brick(SurfacePoint p, float u) {
    float course = p.z / 0.08f;
    int row = (int) Math.floor(course);
    float shifted = u / 0.24f + (row & 1) * 0.5f;
    int stone = (int) Math.floor(shifted);
    float fade = Math.min(1, 0.08f / p.footprint);
    p.scale(1 + 0.4f * fade * (Noise.unit(stone, row, style.seed()) - 0.5f));
    float joint = Math.min((course - row) * 0.08f, (shifted - stone) * 0.24f);
    p.blend(
        Rgb.srgb(0xb3aca0), 0.5f * fade * (1 - Noise.step(0.006f, 0.014f + p.footprint, joint)));
  }

  private void concrete(SurfacePoint p, float u) {
    float panel = Math.min(edge(u / 2.4f) * 2.4f, edge(p.z / style.storey()) * style.storey());
    float soft = 0.03f + p.footprint;
    p.scale(1 - 0.3f * (0.03f / soft) * (1 - Noise.step(0, soft, panel)));
    p.scale(1 + 0.25f * Noise.fractal(u, p.z, 1.5f, 4, p.footprint, style.seed()));
  }

  /** Rain streaks from above, splashes from below. */
  private void weather(SurfacePoint p, float u) {
    float streak = Noise.at(u * 2.5f, p.z * 0.15f, style.seed() + 5);
    p.scale(1 - 0.22f * streak * streak);
    p.scale(1 - 0.35f * (1 - Noise.step(0.05f, 0.6f + 0.3f * streak, p.z)));
  }

  private void windows(SurfacePoint p, float u) {
    int count = Math.max(1, (int) (length / style.bay()));
    float bay = length / count;
    int column = (int) Math.floor(u / bay);
    int floor = (int) Math.floor(p.z / style.storey());
    if (column < 0 || column >= count || (floor + 1) * style.storey() > height + 0.3f) {
      return;
    }
    float middleU = (column + 0.5f) * bay;
    if (floor == 0 && Math.abs(middleU - doorAt) < bay * style.window() / 2 + 0.8f) {
      return;
    }
    float halfWidth = bay * style.window() / 2;
    float halfHeight = style.storey() * style.opening() / 2;
    float du = halfWidth - Math.abs(u - middleU);
    float dz = halfHeight - Math.abs(p.z - (floor + 0.55f) * style.storey());
    float inside = Math.min(du, dz);
    float soft = 0.5f * p.footprint + 0.005f;
    float frame = Noise.step(-soft, soft, inside);
    if (frame > 0) {
      p.blend(style.frame(), frame);
      float pane = Math.min(inside - 0.07f, Math.abs(u - middleU) - 0.03f);
      glass(p, Noise.step(-soft, soft, pane), Noise.hash(column, floor, style.seed()));
    }
  }

  private void glass(SurfacePoint p, float share, int hash) {
    float curtain = (hash >>> 8 & 0xff) / 255f;
    Rgb inside =
        curtain > 0.7f
            ? Rgb.srgb(0xb8b2a4).times(0.5 + 0.5 * curtain)
            : Rgb.srgb(0x2b333b).times(0.5 + curtain);
    p.blend(inside, share);
    p.gloss = share * 0.9f;
    p.glow = (hash & 0xff) < 70 ? share * (0.25f + 0.4f * curtain) : 0;
  }

  private void door(SurfacePoint p, float u) {
    float inside = Math.min(0.6f - Math.abs(u - doorAt), 2.15f - p.z);
    float soft = 0.5f * p.footprint + 0.005f;
    float frame = Noise.step(-soft, soft, inside);
    if (frame > 0) {
      p.blend(style.frame(), frame);
      p.blend(style.door(), Noise.step(-soft, soft, inside - 0.09f));
      float light = Math.min(0.25f - Math.abs(u - doorAt), 0.45f - Math.abs(p.z - 1.45f));
      glass(p, Noise.step(-soft, soft, light), style.seed());
    }
  }

  private static float edge(float value) {
    float fraction = value - (float) Math.floor(value);
    return Math.min(fraction, 1 - fraction);
  }
}
