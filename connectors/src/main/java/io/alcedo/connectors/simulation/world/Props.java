package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Mesh;
import io.alcedo.connectors.simulation.render.Noise;
import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Shapes;
import io.alcedo.connectors.simulation.render.SurfacePoint;
import io.alcedo.connectors.simulation.render.Vec3;

/**
 * Trees, lamps and what else stands around: things a detector must learn not to take for people.
 */
final class Props {
  private Props() {}

  /** A tree, leafy or bare. */
  static void tree(WorldBuilder b, double x, double y) {
    double height = b.between(3.5, 8);
    double trunk = height * b.between(0.28, 0.42);
    Rgb bark = b.palette.pick(0x5a4a3a, 0x6e6455, 0x44382c);
    Vec3 foot = new Vec3(x, y, 0);
    Vec3 fork = new Vec3(x + b.between(-0.2, 0.2), y + b.between(-0.2, 0.2), trunk);
    Shapes.bar(b.props(), foot, fork, 0.1 + height * 0.015, 0.08 + height * 0.008, 7, bark);
    b.obstacle(new Obstacle(x, y, 0.5, 0.5, 0, 0, trunk));
    if (b.chance(0.25)) {
      branches(b, fork, height - trunk, bark, 3);
    } else {
      crown(b, fork, height - trunk);
    }
  }

  private static void branches(WorldBuilder b, Vec3 from, double length, Rgb bark, int depth) {
    for (int i = 0; i < (depth == 3 ? 5 : 3); i++) {
      double turn = b.between(0, 2 * Math.PI);
      double lean = b.between(0.2, 0.8);
      Vec3 way = Shapes.direction(turn).times(lean).plus(0, 0, 1).normalized();
      Vec3 end = from.plus(way.times(length * b.between(0.4, 0.6)));
      Shapes.bar(b.props(), from, end, 0.022 * depth, 0.018 * (depth - 0.7), 4, bark);
      if (depth > 1) {
        branches(b, end, length * 0.6, bark, depth - 1);
      }
    }
  }

  private static void crown(WorldBuilder b, Vec3 fork, double height) {
    Mesh leaves = new Mesh();
    Rgb green = b.palette.pick(0x4a6a2a, 0x5a7a34, 0x38562a, 0x7a7a34, 0x9a6a2c);
    double spread = height * b.between(0.32, 0.5);
    int clumps = 26;
    for (int i = 0; i < clumps; i++) {
      double up = b.between(0.05, 0.95);
      double reach = spread * Math.sqrt(Math.max(0.05, 1 - (up * 2 - 1) * (up * 2 - 1)));
      Vec3 out = Shapes.direction(b.between(0, 2 * Math.PI)).times(reach * b.between(0.2, 0.95));
      Shapes.lump(
          leaves,
          fork.plus(out).plus(0, 0, height * up),
          spread * b.between(0.22, 0.4),
          spread * b.between(0.18, 0.32),
          0.7,
          green.times(b.between(0.7, 1.25)),
          b.random.nextInt());
    }
    b.part(leaves, Props::foliage);
    b.obstacle(
        new Obstacle(fork.x(), fork.y(), spread * 2, spread * 2, 0, fork.z(), fork.z() + height));
  }

  /** Leaves: dark gaps and bright tips. */
  static void foliage(SurfacePoint p) {
    float fade = Math.min(1, 0.12f / p.footprint);
    float leaf = Noise.at(p.x * 11, p.y * 11, p.z * 11, 41) - 0.5f;
    float twig = Noise.at(p.x * 4, p.y * 4, p.z * 4, 43) - 0.5f;
    p.scale(1 + fade * 1.3f * leaf + 0.9f * twig);
  }

  static void bush(WorldBuilder b, double x, double y, double radius) {
    Mesh leaves = new Mesh();
    Rgb green = b.palette.pick(0x3f5a28, 0x55703a, 0x6a6a3a);
    for (int i = 0; i < 7; i++) {
      Vec3 center =
          new Vec3(
              x + b.between(-0.6, 0.6) * radius,
              y + b.between(-0.6, 0.6) * radius,
              radius * b.between(0.2, 0.6));
      Shapes.lump(leaves, center, radius * 0.6, radius * 0.5, 0.6, green, b.random.nextInt());
    }
    b.part(leaves, Props::foliage);
    b.obstacle(new Obstacle(x, y, 2 * radius, 2 * radius, 0, 0, radius));
  }

  /** A street lamp with an arm over the way. */
  static void lamp(WorldBuilder b, double x, double y, double towards) {
    double height = b.between(4.2, 7);
    Rgb steel = b.palette.pick(0x8a8f92, 0x3a4a44, 0x55585a);
    Vec3 foot = new Vec3(x, y, 0);
    Vec3 top = foot.plus(0, 0, height);
    Vec3 head = top.plus(Shapes.direction(towards).times(b.between(0.3, 1.4))).plus(0, 0, 0.25);
    Shapes.bar(b.props(), foot, foot.plus(0, 0, 0.9), 0.11, 0.1, 8, steel);
    Shapes.bar(b.props(), foot.plus(0, 0, 0.9), top, 0.07, 0.05, 8, steel);
    Shapes.bar(b.props(), top, head, 0.045, 0.04, 6, steel);
    Shapes.box(b.props(), head.plus(0, 0, -0.06), 0.55, 0.22, 0.12, towards, Rgb.srgb(0xd8d8d0));
    b.lamp(head.plus(0, 0, -0.1), new Rgb(13, 9.6f, 5.6f).times(b.between(0.7, 1.4)));
    b.obstacle(new Obstacle(x, y, 0.25, 0.25, 0, 0, 2.5));
  }

  static void bench(WorldBuilder b, double x, double y, double heading) {
    Rgb wood = b.palette.pick(0x7a5a3a, 0x5a4030, 0x8a8578);
    Vec3 at = new Vec3(x, y, 0);
    Vec3 side = Shapes.direction(heading);
    Vec3 back = Shapes.direction(heading + Math.PI / 2);
    Shapes.box(b.props(), at.plus(0, 0, 0.42), 1.7, 0.45, 0.06, heading, wood);
    Shapes.box(b.props(), at.plus(back.times(0.22)).plus(0, 0, 0.5), 1.7, 0.05, 0.4, heading, wood);
    Shapes.box(b.props(), at.plus(side.times(0.7)), 0.08, 0.4, 0.44, heading, wood.times(0.5));
    Shapes.box(b.props(), at.plus(side.times(-0.7)), 0.08, 0.4, 0.44, heading, wood.times(0.5));
    b.obstacle(new Obstacle(x, y, 1.7, 0.5, heading, 0, 0.9));
    b.spot(x - back.x() * 0.95, y - back.y() * 0.95);
  }

  static void bin(WorldBuilder b, double x, double y) {
    double height = b.between(0.7, 1.2);
    double radius = b.between(0.18, 0.32);
    Rgb color = b.palette.pick(0x35523c, 0x4a4d50, 0x8a8d90, 0x2f4a6a, 0x6a3020);
    Vec3 foot = new Vec3(x, y, 0);
    Shapes.bar(b.props(), foot, foot.plus(0, 0, height), radius * 0.85, radius, 10, color);
    b.obstacle(new Obstacle(x, y, 0.5, 0.5, 0, 0, height));
  }

  static void bollard(WorldBuilder b, double x, double y) {
    Vec3 foot = new Vec3(x, y, 0);
    Rgb color = b.palette.pick(0x3a3d40, 0x8a8578, 0xc8c4b8, 0x6a5030);
    double height = b.between(0.6, 1.1);
    Shapes.bar(b.props(), foot, foot.plus(0, 0, height), 0.1, 0.08, 8, color);
    Shapes.bar(
        b.props(),
        foot.plus(0, 0, height * 0.8),
        foot.plus(0, 0, height * 0.9),
        0.105,
        0.105,
        8,
        Rgb.srgb(0xd8d8d0));
    b.obstacle(new Obstacle(x, y, 0.2, 0.2, 0, 0, height));
  }

  static void cone(WorldBuilder b, double x, double y) {
    Vec3 foot = new Vec3(x, y, 0);
    Rgb orange = Rgb.srgb(0xe0571c);
    Shapes.box(b.props(), foot, 0.36, 0.36, 0.04, 0.3, Rgb.grey(0.03));
    Shapes.bar(b.props(), foot, foot.plus(0, 0, 0.3), 0.15, 0.1, 8, orange);
    Shapes.bar(
        b.props(), foot.plus(0, 0, 0.3), foot.plus(0, 0, 0.45), 0.1, 0.075, 8, Rgb.grey(0.8));
    Shapes.bar(b.props(), foot.plus(0, 0, 0.45), foot.plus(0, 0, 0.72), 0.075, 0.03, 8, orange);
    b.obstacle(new Obstacle(x, y, 0.3, 0.3, 0, 0, 0.7));
  }

  /** A traffic sign, a notice or a pillar, about as tall as a person. */
  static void sign(WorldBuilder b, double x, double y) {
    Vec3 foot = new Vec3(x, y, 0);
    double height = b.between(1.5, 3);
    double heading = b.between(0, Math.PI);
    Rgb color = b.palette.pick(0x2a5ab0, 0xc0302a, 0xe0c020, 0x2a8a70, 0xe8e6e0, 0x303438);
    Shapes.bar(b.props(), foot, foot.plus(0, 0, height), 0.035, 0.035, 6, Rgb.grey(0.35));
    Shapes.box(
        b.props(), foot.plus(0, 0, height - 0.6), b.between(0.4, 0.9), 0.03, 0.6, heading, color);
    b.obstacle(new Obstacle(x, y, 0.3, 0.3, 0, 0, height));
  }

  /** Boxes, barrels and pallets. */
  static void crate(WorldBuilder b, double x, double y) {
    double side = b.between(0.4, 1.3);
    double height = b.between(0.4, 1.8);
    double heading = b.between(0, Math.PI);
    Rgb color = b.palette.pick(0x8a6a44, 0x5a5d60, 0x3a5a7a, 0xa08a60, 0x7a3a2a);
    Shapes.box(
        b.props(), new Vec3(x, y, 0), side, side * b.between(0.5, 1), height, heading, color);
    b.obstacle(new Obstacle(x, y, side, side, heading, 0, height));
  }

  /** A tripod or a parasol's pole: thin and upright. */
  static void tripod(WorldBuilder b, double x, double y) {
    Vec3 top = new Vec3(x, y, b.between(1.2, 1.7));
    for (int i = 0; i < 3; i++) {
      Vec3 foot = new Vec3(x, y, 0).plus(Shapes.direction(i * 2.1).times(0.4));
      Shapes.bar(b.props(), foot, top, 0.02, 0.02, 4, Rgb.grey(0.03));
    }
    Shapes.box(b.props(), top, 0.2, 0.12, 0.15, 0.4, Rgb.grey(0.05));
    b.obstacle(new Obstacle(x, y, 0.6, 0.6, 0, 0, 1.6));
  }

  static void stone(WorldBuilder b, double x, double y) {
    double radius = b.between(0.2, 0.5);
    Rgb color = b.palette.pick(0x8a8578, 0x6e6a62);
    Shapes.lump(
        b.props(), new Vec3(x, y, 0.1), radius, radius * 0.8, 0.5, color, b.random.nextInt());
    b.obstacle(new Obstacle(x, y, 2 * radius, 2 * radius, 0, 0, radius));
  }

  static void planter(WorldBuilder b, double x, double y) {
    Shapes.box(b.props(), new Vec3(x, y, 0), 1.3, 1.3, 0.5, 0, b.palette.pick(0x8a8578, 0x7a5a3a));
    bush(b, x, y, 0.75);
  }

  /** One random small thing. */
  static void clutter(WorldBuilder b, double x, double y) {
    switch (b.random.nextInt(8)) {
      case 0 -> bin(b, x, y);
      case 1 -> bollard(b, x, y);
      case 2 -> cone(b, x, y);
      case 3 -> sign(b, x, y);
      case 4 -> crate(b, x, y);
      case 5 -> tripod(b, x, y);
      case 6 -> stone(b, x, y);
      default -> planter(b, x, y);
    }
  }
}
