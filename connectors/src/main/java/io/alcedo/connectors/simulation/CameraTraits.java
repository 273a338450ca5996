package io.alcedo.connectors.simulation;

import io.alcedo.connectors.simulation.render.Sensor;
import java.util.random.RandomGenerator;

/** Draws what sort of camera hangs there: sharp or soft, warm or cold, clean or noisy. */
final class CameraTraits {
  private CameraTraits() {}

  static Sensor.Traits draw(RandomGenerator random) {
    return new Sensor.Traits(
        0.9 + 0.2 * random.nextDouble(),
        0.88 + 0.24 * random.nextDouble(),
        0.35 * random.nextDouble(),
        -0.5 + 1.1 * random.nextDouble(),
        0.15 + 0.7 * random.nextDouble(),
        0.7 + 0.5 * random.nextDouble(),
        0.8 + 2.2 * random.nextDouble(),
        0.16 + 0.18 * random.nextDouble());
  }
}
