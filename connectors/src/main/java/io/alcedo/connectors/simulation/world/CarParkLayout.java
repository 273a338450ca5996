package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Vec3;

/** Rows of parking bays with driving lanes between them. */
final class CarParkLayout implements Layout {
  @Override
  public void build(WorldBuilder b) {
    b.ground(Region.everywhere(), b.palette.grass(), 0, 3);
    b.ground(Region.rectangle(0, 0, 52, 40, 0), b.palette.asphalt(), 0.1, 1);
    double fill = b.between(0.25, 0.75);
    Rgb paint = b.chance(0.8) ? Rgb.srgb(0xd0d0ca) : Rgb.srgb(0xc8a82a);
    double aisle = b.between(6, 7.5);
    row(b, aisle / 2, 1, fill, paint);
    row(b, -aisle / 2, -1, fill, paint);
    row(b, aisle * 1.5 + 10, -1, fill, paint);
    row(b, -aisle * 1.5 - 10, 1, fill, paint);
    b.lane(-45, -1.6, 45, -1.6);
    b.lane(45, 1.6, -45, 1.6);
    Buildings.house(b, -20, 22, b.between(0, 20), 32, b.between(4, 9), "S");
    edges(b);
    for (int i = 0; i < 4; i++) {
      double x = -18 + 12 * i + b.between(-2, 2);
      Props.lamp(b, x, (i & 1) == 0 ? aisle / 2 + 5.1 : -aisle / 2 - 5.1, b.between(0, 6));
    }
    b.gate(-31, 0.5);
    b.gate(31, -0.5);
    b.gate(-24, 21);
    b.gate(24, -21);
    b.gate(b.between(-5, 5), -31);
    for (int i = 0; i < 5; i++) {
      b.spot(b.between(-14, 14), b.between(-2, 2));
    }
  }

  private static void row(WorldBuilder b, double y, int outward, double fill, Rgb paint) {
    double bay = b.between(2.5, 2.8);
    double depth = 5;
    double middle = y + outward * depth / 2;
    for (double x = -20; x <= 20; x += bay) {
      b.marking(Region.rectangle(x, middle, 0.1, depth, 0), paint);
      if (x + bay <= 20.1 && b.chance(fill)) {
        double heading = (b.chance(0.7) ? outward : -outward) * Math.PI / 2;
        b.parkedCar(
            x + bay / 2 + b.between(-0.12, 0.12),
            middle + b.between(-0.25, 0.25),
            heading + b.between(-0.04, 0.04));
      }
    }
    b.marking(Region.rectangle(0, y + outward * depth, 40, 0.1, 0), paint);
  }

  private static void edges(WorldBuilder b) {
    Rgb steel = b.palette.pick(0x6a6e70, 0x3a5a44, 0x8a8578);
    Buildings.fence(b, new Vec3(-26, -20.5, 0), new Vec3(18, -20.5, 0), 1.6, steel);
    for (int i = 0; i < 7; i++) {
      double x = b.between(-28, 28);
      Props.tree(b, x, -24 - b.between(0, 4));
      Props.bush(b, b.between(-25, 25), 21.5, b.between(0.5, 1));
    }
    for (int i = 0; i < 5; i++) {
      Props.clutter(b, b.between(-22, 22), b.chance(0.5) ? 8.8 : -8.8);
    }
    Props.sign(b, b.between(-15, 15), 0.2);
  }
}
