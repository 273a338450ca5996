package io.alcedo.connectors.simulation.world;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the sky does. */
public enum Weather {
  CLEAR(1, 0.0008, 0),
  CLOUDY(0, 0.002, 0),
  RAIN(0, 0.009, 1),
  FOG(0, 0.035, 0.2);

  final double sun; // share of it that comes through
  final double extinction; // share of light lost per metre of air
  final double wetness;

  Weather(double sun, double extinction, double wetness) {
    this.sun = sun;
    this.extinction = extinction;
    this.wetness = wetness;
  }

  /** Name as written in an address. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static List<String> titles() {
    return Arrays.stream(values()).map(Weather::title).toList();
  }
}
