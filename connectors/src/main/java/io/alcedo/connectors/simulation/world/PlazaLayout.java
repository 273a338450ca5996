package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Noise;
import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Shapes;
import io.alcedo.connectors.simulation.render.Vec3;

/** A paved square between houses, with a fountain, benches and trees in planters. */
final class PlazaLayout implements Layout {
  @Override
  public void build(WorldBuilder b) {
    b.ground(Region.everywhere(), b.palette.paving(), 0, 1);
    double ring = b.between(5, 9);
    b.ground(Region.disk(0, 0, ring), b.palette.paving(), 0, 1);
    b.marking(Region.disk(0, 0, ring).outline(0.35), b.palette.pick(0x6a6660, 0xc8c0b0, 0x7c5a4a));
    if (b.chance(0.5)) {
      double turn = b.between(0, 3);
      b.ground(Region.rectangle(b.between(-8, 8), 9, 9, 5, turn), b.palette.grass(), 0.1, 3);
    }
    houses(b);
    if (b.chance(0.7)) {
      fountain(b);
    }
    for (int i = 0; i < 8; i++) {
      double turn = i * Math.PI / 4 + b.between(-0.3, 0.3);
      double reach = b.between(6, 15);
      furnish(b, reach * StrictMath.cos(turn), reach * StrictMath.sin(turn), turn);
    }
    b.gate(-31, b.between(-6, 6));
    b.gate(31, b.between(-6, 6));
    b.gate(b.between(-6, 6), -31);
    b.gate(b.between(-12, 12), -31);
    for (int i = 0; i < 5; i++) {
      b.spot(b.between(-9, 9), b.between(-9, 9));
    }
  }

  private static void houses(WorldBuilder b) {
    double north = b.between(14, 18);
    double split = b.between(-10, 10);
    Buildings.house(b, -24, north, split, north + 12, b.between(6, 14), "S");
    Buildings.house(b, split + b.between(0, 3), north, 26, north + 12, b.between(6, 14), "S");
    double west = b.between(18, 22);
    Buildings.house(b, -west - 10, 8, -west, north, b.between(5, 12), "E");
    Buildings.house(b, -west - 10, -22, -west, -8, b.between(5, 12), "E");
    if (b.chance(0.7)) {
      Buildings.house(b, 19, 8, 30, north, b.between(4, 10), "W");
    }
  }

  private static void fountain(WorldBuilder b) {
    double radius = b.between(1.2, 2.2);
    Rgb stone = b.palette.pick(0x9a968e, 0x7a7670);
    Vec3 middle = new Vec3(0, 0, 0);
    Shapes.bar(b.props(), middle, middle.plus(0, 0, 0.55), radius, radius, 20, stone);
    Shapes.bar(
        b.props(),
        middle.plus(0, 0, 0.56),
        middle.plus(0, 0, 0.57),
        radius * 0.88,
        radius * 0.88,
        20,
        Rgb.srgb(0x3a5a66));
    Shapes.bar(b.props(), middle, middle.plus(0, 0, 1.7), 0.35, 0.2, 10, stone.times(0.9));
    Shapes.lump(b.props(), middle.plus(0, 0, 2.1), 0.3, 0.5, 0.4, stone, Noise.hash(1, 2, 3));
    b.obstacle(new Obstacle(0, 0, 2 * radius, 2 * radius, 0, 0, 1.6));
  }

  private static void furnish(WorldBuilder b, double x, double y, double turn) {
    switch (b.random.nextInt(6)) {
      case 0, 1 -> Props.bench(b, x, y, turn + Math.PI / 2);
      case 2 -> Props.planter(b, x, y);
      case 3 -> Props.tree(b, x, y);
      case 4 -> Props.lamp(b, x, y, turn + Math.PI);
      default -> Props.clutter(b, x, y);
    }
  }
}
