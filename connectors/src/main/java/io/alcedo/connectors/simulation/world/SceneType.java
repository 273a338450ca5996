package io.alcedo.connectors.simulation.world;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of place that there are. Two of them are never drawn for training. */
public enum SceneType {
  STREET(false),
  PLAZA(false),
  CARPARK(false),
  ALLEY(false),
  CAMPUS(false),
  YARD(true),
  PROMENADE(true);

  private final boolean heldOut;

  SceneType(boolean heldOut) {
    this.heldOut = heldOut;
  }

  /** Whether this kind of place is kept for evaluation. */
  public boolean heldOut() {
    return heldOut;
  }

  /** Name as written in an address. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static List<String> titles() {
    return Arrays.stream(values()).map(SceneType::title).toList();
  }

  /** Builds the world of a seed. */
  World world(long seed) {
    WorldBuilder builder = new WorldBuilder(Seeds.random(seed, title().hashCode(), 1));
    layout().build(builder);
    return builder.build();
  }

  private Layout layout() {
    return switch (this) {
      case STREET -> new StreetLayout();
      case PLAZA -> new PlazaLayout();
      case CARPARK -> new CarParkLayout();
      case ALLEY -> new AlleyLayout();
      case CAMPUS -> new CampusLayout();
      case YARD -> new YardLayout();
      case PROMENADE -> new PromenadeLayout();
    };
  }
}
