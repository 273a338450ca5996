package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Lamp;
import io.alcedo.connectors.simulation.render.Lighting;
import io.alcedo.connectors.simulation.render.Noise;
import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Vec3;
import java.util.List;

/** The light of an hour: the sun rises at six, stands highest at noon, sets at eighteen. */
public final class Daylight {
  private static final double HIGHEST = Math.toRadians(58);

  private Daylight() {}

  /**
   * The light at an hour.
   *
   * @param hour 0 to 24
   * @param north direction of the world's north, radians: turns the sun's path
   */
  public static Lighting at(double hour, Weather weather, double north, List<Lamp> lamps) {
    double elevation = HIGHEST * StrictMath.sin(Math.PI * (hour - 6) / 12);
    double azimuth = north - Math.toRadians((hour - 12) * 15);
    Vec3 toSun =
        new Vec3(
            StrictMath.cos(elevation) * StrictMath.cos(azimuth),
            StrictMath.cos(elevation) * StrictMath.sin(azimuth),
            StrictMath.sin(elevation));
    float degrees = (float) Math.toDegrees(elevation);
    double night = 1 - Noise.step(-8, 2, degrees);
    double low = 1 - Noise.step(2, 30, degrees);
    double strength = Noise.step(-1, 12, degrees) * weather.sun;
    Rgb sun = new Rgb(1.25f, 1.18f, 1.05f).mix(new Rgb(1.3f, 0.82f, 0.45f), low).times(strength);
    Rgb blue = new Rgb(0.3f, 0.36f, 0.46f).mix(new Rgb(0.4f, 0.34f, 0.34f), low * 0.6);
    Rgb day = weather.sun > 0 ? blue : new Rgb(0.56f, 0.58f, 0.6f);
    double dim = 0.012 + 0.988 * Noise.step(-9, 14, degrees);
    Rgb sky = day.times(dim).plus(new Rgb(0.012f, 0.014f, 0.018f).times(night));
    Rgb bounce = sky.times(0.35).plus(sun.times(0.12 * Math.max(0, toSun.z())));
    Rgb haze = sky.times(1.1).plus(new Rgb(0.02f, 0.015f, 0.01f).times(night));
    return new Lighting(
        toSun,
        sun,
        sky,
        bounce,
        night > 0.3 ? lamps : List.of(),
        night,
        haze,
        weather.extinction,
        weather.wetness);
  }
}
