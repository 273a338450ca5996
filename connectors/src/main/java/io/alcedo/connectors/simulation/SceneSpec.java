package io.alcedo.connectors.simulation;

import io.alcedo.connectors.simulation.world.SceneType;
import io.alcedo.connectors.simulation.world.Weather;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that decides what a simulated camera shows.
 *
 * @param seed of the world; the same scene and seed are the same world from every view
 * @param view number of the viewpoint, from 0
 * @param width of the picture, px
 * @param height of the picture, px
 * @param framesPerSecond of the stream
 * @param light hours that pass
 * @param density of people and cars: 0 for nobody, 0.5 for about eight people in view, 1 for a
 *     crowd
 * @param duration of the stream; empty for one that never ends
 */
public record SceneSpec(
    SceneType scene,
    long seed,
    int view,
    int width,
    int height,
    double framesPerSecond,
    Hours light,
    Weather weather,
    double density,
    Optional<Duration> duration) {

  /**
   * The hour of the day, and what it becomes.
   *
   * @param from hour at the first frame, 0 to 24
   * @param to hour at the end of the passage; smaller than from for one over midnight
   * @param passage how long that takes in the stream
   */
  public record Hours(double from, double to, Duration passage) {
    /** An hour that does not change. */
    public static Hours at(double hour) {
      return new Hours(hour, hour, Duration.ZERO);
    }

    /** The hour at a time of the stream, 0 to 24. */
    public double at(Duration offset) {
      if (passage.isZero()) {
        return from;
      }
      double share = Math.min(1, (double) offset.toNanos() / passage.toNanos());
      double span = to < from ? to + 24 - from : to - from;
      return (from + span * share) % 24;
    }

    boolean changes() {
      return from != to;
    }
  }

  /** A street by day: 768 × 576 at 10 frames a second, without end. */
  public static SceneSpec street(long seed) {
    return new SceneSpec(
        SceneType.STREET,
        seed,
        0,
        768,
        576,
        10,
        Hours.at(13),
        Weather.CLEAR,
        0.5,
        Optional.empty());
  }

  /**
   * Reads an address such as {@code
   * sim://street?seed=7&view=1&size=768x576&fps=10&time=day&weather=rain&density=0.5&duration=60s}.
   *
   * @throws io.alcedo.connectors.InvalidInputException naming the key that is wrong, its value and
   *     what was expected
   */
  public static SceneSpec parse(String address) {
    return new SceneAddress(address).spec();
  }

  public SceneSpec withSize(int newWidth, int newHeight) {
    return new SceneSpec(
        scene, seed, view, newWidth, newHeight, framesPerSecond, light, weather, density, duration);
  }

  public SceneSpec withView(int newView) {
    return new SceneSpec(
        scene, seed, newView, width, height, framesPerSecond, light, weather, density, duration);
  }

  /** Number of frames; empty for a stream without end. */
  public Optional<Long> frames() {
    return duration.map(d -> Math.round(d.toNanos() * framesPerSecond / 1e9));
  }

  /** Time of a frame since the first. */
  Duration offset(long index) {
    return Duration.ofNanos(Math.round(index * 1e6 / framesPerSecond) * 1000);
  }
}
