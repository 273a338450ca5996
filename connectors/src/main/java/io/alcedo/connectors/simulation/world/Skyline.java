package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Mesh;
import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Shapes;
import io.alcedo.connectors.simulation.render.Surface;
import io.alcedo.connectors.simulation.render.Vec3;

/** Houses and trees around the world's edge, so that no camera looks into emptiness. */
final class Skyline {
  private Skyline() {}

  static void build(WorldBuilder b) {
    double leafy = b.between(0.2, 0.8);
    for (double turn = 0; turn < 2 * Math.PI; turn += b.between(0.12, 0.3)) {
      Vec3 place = Shapes.direction(turn).times(b.between(44, 62));
      if (b.chance(leafy)) {
        trees(b, place);
      } else {
        house(b, place, turn);
      }
    }
  }

  private static void trees(WorldBuilder b, Vec3 place) {
    Mesh leaves = new Mesh();
    Rgb green = b.palette.pick(0x3f5a30, 0x4a6234, 0x5a6238, 0x6a5a34);
    for (int i = 0; i < 7; i++) {
      double size = b.between(1.8, 4);
      Vec3 at = place.plus(b.between(-6, 6), b.between(-6, 6), size * 0.8);
      Shapes.lump(leaves, at, size, size * 1.1, 0.7, green, b.random.nextInt());
    }
    b.part(leaves, Props::foliage);
  }

  private static void house(WorldBuilder b, Vec3 place, double turn) {
    Facade.Style style = b.palette.facade();
    double height = b.between(4, 16);
    Vec3 half = Shapes.direction(turn + Math.PI / 2).times(b.between(4, 11));
    Mesh front = new Mesh();
    Vec3 from = place.minus(half);
    Vec3 to = place.plus(half);
    Shapes.wall(front, from, to, height, Rgb.BLACK);
    b.part(front, new Facade(style, from, to, height, -1));
    Mesh rest = new Mesh();
    Vec3 back = Shapes.direction(turn).times(4);
    Shapes.block(rest, place.plus(back).plus(back.times(0.02)), half, back, height, style.wall());
    b.part(rest, Surface.PLAIN);
  }
}
