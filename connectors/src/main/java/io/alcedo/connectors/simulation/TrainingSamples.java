package io.alcedo.connectors.simulation;

import io.alcedo.connectors.simulation.world.Actor;
import io.alcedo.connectors.simulation.world.SceneType;
import io.alcedo.connectors.simulation.world.Seeds;
import io.alcedo.connectors.simulation.world.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Single pictures for training and evaluation, each of a world, viewpoint, hour, weather and camera
 * of its own. A sample depends on the seed and its index only, so workers can draw any of them in
 * any order.
 *
 * <p>The scenes {@code yard} and {@code promenade} are held out: {@link Split#TRAINING} never shows
 * them.
 */
public final class TrainingSamples {
  /** Which scenes are drawn. */
  public enum Split {
    TRAINING,
    HELD_OUT
  }

  private final Split split;
  private final int width;
  private final int height;
  private final List<SceneType> scenes;

  public TrainingSamples(Split split, int width, int height) {
    this.split = split;
    this.width = width;
    this.height = height;
    this.scenes =
        Arrays.stream(SceneType.values())
            .filter(type -> type.heldOut() == (split == Split.HELD_OUT))
            .toList();
  }

  /** The scene of a sample. */
  public SceneSpec spec(long seed, long index) {
    RandomGenerator random = Seeds.random(seed, split.name().hashCode(), index);
    SceneType scene = scenes.get(random.nextInt(scenes.size()));
    double hour = hour(random);
    Weather weather = weather(random);
    double density = 0.2 + 1.4 * random.nextDouble() * random.nextDouble();
    return new SceneSpec(
        scene,
        random.nextLong() >>> 1,
        random.nextInt(1000),
        width,
        height,
        10,
        SceneSpec.Hours.at(hour),
        weather,
        density,
        Optional.empty());
  }

  /** One sample. Its tracks count from 1 and it carries no events. */
  public SimulatedFrame draw(long seed, long index) {
    SceneSpec spec = spec(seed, index);
    SceneRenderer renderer = new SceneRenderer(spec);
    byte[] bgr = new byte[width * height * 3];
    List<Actor> actors = renderer.render(Duration.ZERO, 0, 0, bgr);
    TruthReader reader = new TruthReader(width, height, renderer.objects());
    List<TruthObject> objects = new ArrayList<>();
    for (Actor actor : actors) {
      TruthObject object =
          reader.read(actor, objects.size() + 1, SimulatedCamera.identity(spec, actor));
      if (object != null) {
        objects.add(object);
      }
    }
    return new SimulatedFrame(
        index, Duration.ZERO, width, height, bgr, objects, List.of(), List.of());
  }

  private static double hour(RandomGenerator random) {
    int draw = random.nextInt(100);
    if (draw < 74) {
      return 7.5 + 9.5 * random.nextDouble();
    }
    return draw < 88 ? 17.2 + 1.4 * random.nextDouble() : 19 + 4 * random.nextDouble();
  }

  private static Weather weather(RandomGenerator random) {
    int draw = random.nextInt(100);
    if (draw < 45) {
      return Weather.CLEAR;
    }
    return draw < 80 ? Weather.CLOUDY : draw < 93 ? Weather.RAIN : Weather.FOG;
  }
}
