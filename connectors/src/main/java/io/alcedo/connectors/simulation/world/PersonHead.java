package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Mesh;
import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Tube;
import io.alcedo.connectors.simulation.render.Vec3;

/** A head on its neck: face, hair, and what is worn on it. */
final class PersonHead {
  private static final int RINGS = 8;

  private PersonHead() {}

  /**
   * Draws a head.
   *
   * @param chin the place under it
   */
  static void draw(Mesh mesh, Appearance look, Vec3 chin, Vec3 forward, Vec3 left) {
    double h = Math.max(look.height(), 1.4); // children's heads are not much smaller
    Vec3 center = chin.plus(0, 0, 0.05 * h).plus(forward.times(0.01 * h));
    Tube tube = new Tube(mesh, 10);
    for (int i = 0; i <= RINGS; i++) {
      double polar = Math.PI * (i + 0.1) / (RINGS + 0.2);
      double level = -StrictMath.cos(polar);
      double round = StrictMath.sin(polar) * (level < 0 ? 1 - 0.18 * level * level : 1);
      tube.ring(
          center.plus(0, 0, level * 0.068 * h),
          left.times(0.044 * h * round),
          forward.times(0.056 * h * round),
          angle -> color(look, level, StrictMath.sin(angle)));
    }
    if (look.longHair()) {
      longHair(mesh, look, center, forward, left, h);
    }
    wear(mesh, look, center, forward, left, h);
  }

  /**
   * Face in front, hair above and behind.
   *
   * @param level -1 at the chin to 1 at the crown
   * @param front 1 in front to -1 behind
   */
  private static Rgb color(Appearance look, double level, double front) {
    if (look.headwear() == Appearance.Headwear.BEANIE && level > 0.15) {
      return look.hat();
    }
    boolean hair = level > 0.55 || (level > -0.35 && front < 0.15) || (level > 0.1 && front < 0.5);
    if (hair) {
      return look.hair();
    }
    boolean eyes = level > 0 && level < 0.3 && front > 0.6;
    return eyes ? look.skin().times(0.6) : look.skin();
  }

  private static void longHair(
      Mesh mesh, Appearance look, Vec3 center, Vec3 forward, Vec3 left, double h) {
    Tube tube = new Tube(mesh, 8);
    double[] up = {0.05, 0.0, -0.06, -0.12};
    double[] wide = {0.04, 0.05, 0.05, 0.03};
    for (int i = 0; i < up.length; i++) {
      tube.ring(
          center.plus(0, 0, up[i] * h).minus(forward.times(0.03 * h)),
          left.times(wide[i] * h),
          forward.times(0.032 * h),
          look.hair());
    }
  }

  private static void wear(
      Mesh mesh, Appearance look, Vec3 center, Vec3 forward, Vec3 left, double h) {
    switch (look.headwear()) {
      case CAP -> {
        dome(mesh, look.hat(), center, forward, left, 0.05 * h, 0.06 * h, 0.02 * h, 0.072 * h);
        disk(mesh, look.hat(), center.plus(forward.times(0.06 * h)), forward, left, 0.04 * h, h);
      }
      case BRIM -> {
        dome(mesh, look.hat(), center, forward, left, 0.05 * h, 0.062 * h, 0.02 * h, 0.085 * h);
        disk(mesh, look.hat(), center, forward, left, 0.085 * h, h);
      }
      case HOOD -> hood(mesh, look, center, forward, left, h);
      default -> {
        // A beanie is painted on; a bare head wears nothing.
      }
    }
  }

  private static void dome(
      Mesh mesh,
      Rgb color,
      Vec3 center,
      Vec3 forward,
      Vec3 left,
      double wide,
      double deep,
      double from,
      double to) {
    Tube tube = new Tube(mesh, 10);
    for (int i = 0; i <= 3; i++) {
      double share = i / 3.0;
      double round = Math.sqrt(1 - 0.85 * share * share);
      tube.ring(
          center.plus(0, 0, from + (to - from) * share),
          left.times(wide * round),
          forward.times(deep * round),
          color);
    }
    tube.cap(center.plus(0, 0, to), Vec3.UP, color);
  }

  private static void disk(
      Mesh mesh, Rgb color, Vec3 center, Vec3 forward, Vec3 left, double radius, double h) {
    Tube tube = new Tube(mesh, 10);
    Vec3 level = center.plus(0, 0, 0.022 * h);
    tube.ring(level, left.times(radius), forward.times(radius), color);
    tube.cap(level.plus(0, 0, 0.004), Vec3.UP, color);
  }

  private static void hood(
      Mesh mesh, Appearance look, Vec3 center, Vec3 forward, Vec3 left, double h) {
    Tube tube = new Tube(mesh, 10);
    double[] up = {-0.075, -0.04, 0.0, 0.045, 0.075};
    double[] wide = {0.06, 0.056, 0.054, 0.045, 0.015};
    for (int i = 0; i < up.length; i++) {
      tube.ring(
          center.plus(0, 0, up[i] * h).minus(forward.times(0.018 * h)),
          left.times(wide[i] * h),
          forward.times(wide[i] * 1.05 * h),
          look.top());
    }
  }
}
