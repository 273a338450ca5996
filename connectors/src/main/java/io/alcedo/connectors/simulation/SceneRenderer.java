package io.alcedo.connectors.simulation;

import io.alcedo.connectors.simulation.render.Lighting;
import io.alcedo.connectors.simulation.render.Picture;
import io.alcedo.connectors.simulation.render.Rain;
import io.alcedo.connectors.simulation.render.Sensor;
import io.alcedo.connectors.simulation.world.Actor;
import io.alcedo.connectors.simulation.world.Seeds;
import io.alcedo.connectors.simulation.world.Stage;
import io.alcedo.connectors.simulation.world.Weather;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Renders one view of one world: actors, weather, sensor. It holds no history of frames. */
final class SceneRenderer {
  /** The light is found anew so often while the hour passes. */
  private static final Duration RELIGHT = Duration.ofSeconds(2);

  /** No camera amplifies more than this. */
  private static final double HIGHEST_GAIN = 9;

  private final SceneSpec spec;
  private final Stage stage;
  private final Picture picture;
  private final Sensor sensor;
  private final long sensorSeed;
  private final int[] objects; // [height, width] number of the object seen
  private double gain;
  private Duration litAt;

  SceneRenderer(SceneSpec spec) {
    this.spec = spec;
    this.stage =
        new Stage(
            spec.scene(), spec.seed(), spec.view(), spec.width(), spec.height(), spec.density());
    this.sensorSeed = Seeds.derive(spec.seed(), 8, spec.view());
    RandomGenerator random = Seeds.random(sensorSeed, 1);
    this.sensor = new Sensor(CameraTraits.draw(random), spec.width(), spec.height(), random);
    this.objects = new int[spec.width() * spec.height()];
    this.litAt = Duration.ZERO;
    this.picture = new Picture(stage.scene(), light(litAt));
    this.gain = exposure();
  }

  Stage stage() {
    return stage;
  }

  /** Numbers of the objects seen in the last picture, [height, width]; 0 is scenery. */
  int[] objects() {
    return objects;
  }

  private Lighting light(Duration offset) {
    return stage.light(spec.light().at(offset), spec.weather());
  }

  private double exposure() {
    // Cameras let the night look dark.
    double dark = 1 - 0.55 * picture.light().night();
    return Math.min(HIGHEST_GAIN, sensor.gain(picture.backdrop().linear()) * dark);
  }

  /**
   * Renders a moment of the world.
   *
   * @param offset in the stream, which decides the hour
   * @param worldTime where the people are, s
   * @param bgr receives the picture
   */
  List<Actor> render(Duration offset, double worldTime, long index, byte[] bgr) {
    relight(offset);
    picture.begin();
    List<Actor> actors = stage.draw(picture, worldTime);
    float[] linear = picture.finish();
    picture.actors().objects(objects);
    RandomGenerator random = Seeds.random(sensorSeed, 2, index);
    if (spec.weather() == Weather.RAIN) {
      Rain.fall(linear, spec.width(), spec.height(), picture.light().haze(), random);
    }
    double noise = Math.max(1, StrictMath.sqrt(gain));
    sensor.develop(linear, gain, noise, random, bgr);
    return actors;
  }

  private void relight(Duration offset) {
    Duration step = Duration.ofNanos(offset.toNanos() / RELIGHT.toNanos() * RELIGHT.toNanos());
    if (spec.light().changes() && !step.equals(litAt)) {
      litAt = step;
      picture.relight(light(step));
      gain = exposure();
    }
  }
}
