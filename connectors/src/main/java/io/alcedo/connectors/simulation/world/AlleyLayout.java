package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Shapes;
import io.alcedo.connectors.simulation.render.Vec3;

/** A passage between two rows of houses, with bins, pipes and back doors. */
final class AlleyLayout implements Layout {
  @Override
  public void build(WorldBuilder b) {
    double half = b.between(2.6, 4.5);
    b.ground(Region.everywhere(), b.chance(0.5) ? b.palette.paving() : b.palette.asphalt(), 0, 1);
    b.ground(Region.rectangle(0, 0, 80, 0.5, 0), b.palette.paving(), 0, 1);
    b.marking(Region.rectangle(0, 0, 80, 0.12, 0), Rgb.srgb(0x3c3a36));
    for (int side = -1; side <= 1; side += 2) {
      double x = -33;
      while (x < 33) {
        double end = x + b.between(5, 12);
        double set = half + (b.chance(0.3) ? b.between(0.3, 1.6) : 0);
        double height = b.between(4, 10);
        String doors = b.chance(0.7) ? (side > 0 ? "S" : "N") : "";
        if (side > 0) {
          Buildings.house(b, x, set, end, set + 9, height, doors);
        } else {
          Buildings.house(b, x, -set - 9, end, -set, height, doors);
        }
        pipe(b, end - 0.4, side * (set - 0.08), height);
        x = end;
      }
      for (double at = -26; at < 28; at += b.between(4, 9)) {
        double y = side * (half - b.between(0.35, 0.7));
        if (b.chance(0.25)) {
          Props.lamp(b, at, side * (half - 0.25), -side * Math.PI / 2);
        } else {
          Props.clutter(b, at, y);
        }
      }
    }
    Props.lamp(b, b.between(-4, 4), half - 0.2, -Math.PI / 2);
    b.gate(-31, b.between(-1, 1));
    b.gate(31, b.between(-1, 1));
    b.gate(-31, 0);
    b.gate(31, 0);
    b.spot(b.between(-8, 0), half * 0.45);
    b.spot(b.between(0, 8), -half * 0.45);
  }

  private static void pipe(WorldBuilder b, double x, double y, double height) {
    Vec3 foot = new Vec3(x, y, 0);
    Rgb color = b.palette.pick(0x55585a, 0x8a8d90, 0x6a4030);
    Shapes.bar(b.props(), foot, foot.plus(0, 0, height), 0.055, 0.055, 6, color);
  }
}
