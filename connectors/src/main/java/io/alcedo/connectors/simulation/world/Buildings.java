package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Mesh;
import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Shapes;
import io.alcedo.connectors.simulation.render.Surface;
import io.alcedo.connectors.simulation.render.Vec3;

/** Houses, walls and fences. */
final class Buildings {
  private Buildings() {}

  /** A house on an axis-aligned plot, with a door in each of the walls named. */
  static void house(
      WorldBuilder b,
      double west,
      double south,
      double east,
      double north,
      double height,
      String doors) {
    Facade.Style style = b.palette.facade();
    Vec3[] corners = {
      new Vec3(west, south, 0),
      new Vec3(east, south, 0),
      new Vec3(east, north, 0),
      new Vec3(west, north, 0)
    };
    String sides = "SENW";
    for (int i = 0; i < 4; i++) {
      Vec3 from = corners[i];
      Vec3 to = corners[(i + 1) % 4];
      double length = to.minus(from).length();
      double doorAt = -1;
      if (doors.indexOf(sides.charAt(i)) >= 0) {
        doorAt = length * b.between(0.3, 0.7);
        Vec3 inward = Vec3.UP.cross(to.minus(from)).normalized();
        Vec3 behind = from.towards(to, doorAt / length).plus(inward.times(0.7));
        b.door(behind.x(), behind.y());
      }
      Mesh wall = new Mesh();
      Shapes.wall(wall, from, to, height, Rgb.BLACK);
      b.part(wall, new Facade(style, from, to, height, doorAt));
    }
    roof(b, corners, height);
    b.obstacle(
        new Obstacle(
            (west + east) / 2, (south + north) / 2, east - west, north - south, 0, 0, height));
  }

  private static void roof(WorldBuilder b, Vec3[] corners, double height) {
    Mesh roof = new Mesh();
    Vec3 up = Vec3.UP.times(height);
    Rgb color = b.palette.pick(0x6a6864, 0x7c4a3a, 0x55585c);
    roof.polygon(
        Vec3.UP,
        color,
        corners[0].plus(up),
        corners[1].plus(up),
        corners[2].plus(up),
        corners[3].plus(up));
    b.part(roof, Surface.PLAIN);
    Vec3 middle = corners[0].towards(corners[2], 0.5).plus(up);
    Vec3 half = corners[2].minus(corners[0]).times(0.5);
    // A cornice, and a line of shadow under it.
    Shapes.block(
        b.props(),
        middle.plus(0, 0, -0.25),
        new Vec3(half.x() + 0.15, 0, 0),
        new Vec3(0, half.y() + 0.15, 0),
        0.3,
        color.times(1.2));
  }

  /** A wall or hedge between two places. */
  static void barrier(
      WorldBuilder b, Vec3 from, Vec3 to, double thickness, double height, Surface surface) {
    Mesh mesh = new Mesh();
    Vec3 half = to.minus(from).times(0.5);
    Vec3 across = half.cross(Vec3.UP).normalized().times(thickness / 2);
    Shapes.block(mesh, from.plus(half), half, across, height, Rgb.grey(0.3));
    b.part(mesh, surface);
    line(b, from, to, thickness, height);
  }

  /** Posts and rails, through which one sees. */
  static void fence(WorldBuilder b, Vec3 from, Vec3 to, double height, Rgb color) {
    Vec3 way = to.minus(from);
    double spacing = b.between(0.25, 2.2);
    int posts = (int) (way.length() / spacing);
    for (int i = 0; i <= posts; i++) {
      Vec3 foot = from.plus(way.times((double) i / Math.max(1, posts)));
      Shapes.bar(b.props(), foot, foot.plus(0, 0, height), 0.03, 0.03, 5, color);
    }
    for (double level : new double[] {0.15, 0.6, 0.97}) {
      Vec3 lift = Vec3.UP.times(height * level);
      Shapes.bar(b.props(), from.plus(lift), to.plus(lift), 0.022, 0.022, 4, color);
    }
    line(b, from, to, 0.1, height);
  }

  private static void line(WorldBuilder b, Vec3 from, Vec3 to, double thickness, double height) {
    Vec3 way = to.minus(from);
    double heading = StrictMath.atan2(way.y(), way.x());
    b.obstacle(
        new Obstacle(
            (from.x() + to.x()) / 2,
            (from.y() + to.y()) / 2,
            way.length(),
            thickness,
            heading,
            0,
            height));
  }
}
