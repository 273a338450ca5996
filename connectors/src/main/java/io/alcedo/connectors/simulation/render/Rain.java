package io.alcedo.connectors.simulation.render;

import java.util.random.RandomGenerator;

/** Drops that fall before the lens while the shutter is open: short slanted streaks. */
public final class Rain {
  private Rain() {}

  /**
   * Draws the drops of one frame into a picture.
   *
   * @param linear [height, width, 3] radiance
   * @param air colour of the light that they throw back
   */
  public static void fall(float[] linear, int width, int height, Rgb air, RandomGenerator random) {
    int drops = width * height / 900;
    double slant = 0.12 + 0.05 * random.nextDouble();
    for (int i = 0; i < drops; i++) {
      double near = random.nextDouble();
      double length = height * (0.012 + 0.05 * near * near);
      double x = random.nextDouble() * width;
      double y = random.nextDouble() * height;
      float strength = (float) (0.08 + 0.16 * random.nextDouble() * (1 - 0.5 * near));
      for (int step = 0; step < length; step++) {
        int px = (int) (x + slant * step);
        int py = (int) (y + step);
        if (px < width && py < height) {
          int at = 3 * (py * width + px);
          linear[at] += (air.r() - 0.4f * linear[at]) * strength;
          linear[at + 1] += (air.g() - 0.4f * linear[at + 1]) * strength;
          linear[at + 2] += (air.b() - 0.4f * linear[at + 2]) * strength;
        }
      }
    }
  }
}
