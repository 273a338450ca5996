package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Vec3;

/** Roads and paths that meet between lawns, with houses at a distance. */
final class CampusLayout implements Layout {
  @Override
  public void build(WorldBuilder b) {
    b.ground(Region.everywhere(), b.palette.grass(), 0, 2.6);
    double bend = b.between(-5, 5);
    double width = b.between(4.5, 8);
    b.ground(
        Region.way(width, -45, bend, -12, bend * 0.6, 3, -bend * 0.3, 16, -bend, 45, -bend * 1.6),
        b.palette.asphalt(),
        0.15,
        1);
    double fork = b.between(-6, 6);
    double far = b.between(-12, 12);
    b.ground(
        Region.way(b.between(2.5, 6), fork, 0, fork + far * 0.3, 12, far, 45),
        b.palette.asphalt(),
        0.15,
        1);
    b.ground(
        Region.way(b.between(1.4, 2.4), -fork, 0, -fork - 4, -12, -far, -45),
        b.chance(0.5) ? b.palette.paving() : b.palette.gravel(),
        0.15,
        1);
    if (b.chance(0.6)) {
      double y = b.between(-1, 1);
      Rgb paint = Rgb.srgb(0xb8c4cc);
      b.marking(Region.way(0.12, -10, y, 10, y + b.between(-3, 3)), paint);
      b.marking(Region.way(0.12, fork, -width / 2, fork + 1, width / 2), paint);
    }
    houses(b);
    things(b, width);
    b.gate(-31, bend * 0.85);
    b.gate(31, -bend * 1.35);
    b.gate(far * 0.66, 31);
    b.gate(-far * 0.68, -31);
    for (int i = 0; i < 4; i++) {
      b.spot(b.between(-8, 8), b.between(-2, 2));
    }
    b.lane(
        -45,
        bend - 1.2,
        -12,
        bend * 0.6 - 1.2,
        3,
        -bend * 0.3 - 1.2,
        16,
        -bend - 1.2,
        45,
        -bend * 1.6 - 1.2);
  }

  private static void houses(WorldBuilder b) {
    double north = b.between(15, 20);
    Buildings.house(b, -30, north, -b.between(6, 12), north + 10, b.between(4, 9), "S");
    Buildings.house(b, b.between(14, 18), north, 32, north + 10, b.between(4, 9), "S");
    if (b.chance(0.6)) {
      Buildings.house(b, -32, -28, -b.between(14, 20), -18, b.between(4, 9), "N");
    }
    if (b.chance(0.6)) {
      Buildings.house(b, b.between(14, 20), -30, 32, -17, b.between(4, 9), "N");
    }
  }

  private static void things(WorldBuilder b, double width) {
    double[] sides = {-1, 1};
    for (double side : sides) {
      Props.lamp(b, b.between(-10, 10), side * (width / 2 + 4.5), -side * 1.5);
      b.parkedCar(side * b.between(15, 22), side * (width / 2 + 5), b.between(-0.3, 0.3));
      for (int i = 0; i < 5; i++) {
        double x = b.between(-20, 20);
        double y = side * b.between(width / 2 + 3, 14);
        if (b.chance(0.45)) {
          Props.tree(b, x, y);
        } else if (b.chance(0.3)) {
          Props.bush(b, x, y, b.between(0.5, 1.1));
        } else {
          Props.clutter(b, x, y);
        }
      }
      Props.bench(b, side * b.between(3, 9), side * (width / 2 + 3.6), side > 0 ? 0 : Math.PI);
    }
    if (b.chance(0.4)) {
      Rgb wood = b.palette.pick(0x8a7a60, 0x5a5d60);
      double y = b.between(8, 12);
      Buildings.fence(b, new Vec3(-22, y, 0), new Vec3(-8, y, 0), 1.1, wood);
    }
  }
}
