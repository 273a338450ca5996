package io.alcedo.connectors.simulation.render;

import java.util.List;

/**
 * The light of one moment.
 *
 * @param toSun direction to the sun (or the moon), length 1
 * @param sun radiance on a surface facing it; black under clouds
 * @param sky light from above
 * @param bounce light thrown back by the ground
 * @param lamps street lamps that are on
 * @param night 0 by day, 1 when windows and lamps are lit
 * @param haze colour of the air
 * @param extinction share of light lost per metre of air
 * @param wetness of the ground, 0 to 1
 */
public record Lighting(
    Vec3 toSun,
    Rgb sun,
    Rgb sky,
    Rgb bounce,
    List<Lamp> lamps,
    double night,
    Rgb haze,
    double extinction,
    double wetness) {
  public Lighting {
    lamps = List.copyOf(lamps);
  }

  public boolean hasSun() {
    return sun.luminance() > 1e-3;
  }
}
