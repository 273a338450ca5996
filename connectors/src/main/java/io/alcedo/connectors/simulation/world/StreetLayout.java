package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Rgb;

/** A street with pavements, kerbs, crossings, parked cars and houses on both sides. */
final class StreetLayout implements Layout {
  private static final Rgb WHITE = Rgb.srgb(0xd8d8d2);

  @Override
  public void build(WorldBuilder b) {
    double half = b.between(4.2, 5.2);
    double pavement = b.between(2.6, 4.5);
    double crossing = b.between(-7, 7);
    b.ground(Region.everywhere(), b.palette.paving(), 0, 1);
    b.ground(Region.rectangle(0, 0, 90, 2 * half, 0), b.palette.asphalt(), 0, 6);
    for (int side = -1; side <= 1; side += 2) {
      b.marking(Region.rectangle(0, side * (half + 0.08), 90, 0.16, 0), Rgb.srgb(0xaaa8a2));
      b.marking(Region.rectangle(0, side * (half - 0.12), 90, 0.2, 0), Rgb.srgb(0x3a3a38));
      if (b.chance(0.4)) {
        b.marking(Region.rectangle(0, side * (half - 0.35), 90, 0.1, 0), Rgb.srgb(0xc8a82a));
      }
    }
    zebra(b, crossing, half);
    for (double x = -31; x < 31; x += 4) {
      if (Math.abs(x - crossing) > 4) {
        b.marking(Region.rectangle(x, 0, 2, 0.12, 0), WHITE);
      }
    }
    houses(b, half + pavement);
    kerbside(b, half, pavement, crossing);
    for (double side : new double[] {-1, 1}) {
      double walk = side * (half + pavement * 0.55);
      b.gate(-31, walk);
      b.gate(31, walk);
      b.spot(b.between(-10, 10), side * (half + pavement * 0.7));
    }
    double lane = half - 3.15; // between the middle and the parked cars
    b.lane(-45, -lane, 45, -lane);
    b.lane(45, lane, -45, lane);
  }

  private static void zebra(WorldBuilder b, double x, double half) {
    b.ground(Region.rectangle(x, 0, 3.2, 2 * half, 0), b.palette.asphalt(), 0, 1.2);
    for (double y = -half + 0.5; y < half - 0.3; y += 1.1) {
      b.marking(Region.rectangle(x, y, 3, 0.5, 0), WHITE);
    }
  }

  private static void houses(WorldBuilder b, double front) {
    for (int side = -1; side <= 1; side += 2) {
      double x = -33;
      while (x < 33) {
        double end = x + b.between(7, 15);
        double set = front + (b.chance(0.3) ? b.between(0.5, 2.5) : 0);
        double depth = set + b.between(8, 11);
        double height = b.between(4.5, 13);
        if (b.chance(0.12)) {
          b.ground(
              Region.rectangle((x + end) / 2, side * (set + 5), end - x, 10, 0),
              b.palette.grass(),
              0.2,
              2.5);
          Props.tree(b, (x + end) / 2, side * (set + 3));
        } else if (side > 0) {
          Buildings.house(b, x, set, end, depth, height, "S");
        } else {
          Buildings.house(b, x, -depth, end, -set, height, "N");
        }
        x = end + (b.chance(0.25) ? b.between(1, 3) : 0);
      }
    }
  }

  private static void kerbside(WorldBuilder b, double half, double pavement, double crossing) {
    double parked = b.between(0.1, 0.7);
    for (int side = -1; side <= 1; side += 2) {
      for (double x = -30; x < 30; x += b.between(5.6, 7)) {
        if (Math.abs(x - crossing) > 5 && b.chance(parked)) {
          b.parkedCar(x, side * (half - 1.05), side > 0 ? Math.PI : 0);
        }
      }
      for (double x = -28 + b.between(0, 5); x < 30; x += b.between(6, 11)) {
        double y = side * (half + 0.6);
        switch (b.random.nextInt(4)) {
          case 0 -> Props.tree(b, x, y);
          case 1 -> Props.lamp(b, x, y, -side * Math.PI / 2);
          case 2 -> Props.clutter(b, x, y);
          default -> Props.bench(b, x, side * (half + pavement - 0.7), side > 0 ? 0 : Math.PI);
        }
      }
      Props.lamp(b, side * 8, side * (half + 0.5), -side * Math.PI / 2);
    }
  }
}
