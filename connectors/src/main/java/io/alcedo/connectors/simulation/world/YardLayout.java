package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Mesh;
import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Shapes;
import io.alcedo.connectors.simulation.render.SurfacePoint;
import io.alcedo.connectors.simulation.render.Vec3;

/** A works yard: concrete, containers, pallets, loading doors, a fence. */
final class YardLayout implements Layout {
  @Override
  public void build(WorldBuilder b) {
    b.ground(Region.everywhere(), b.palette.gravel(), 0, 1.3);
    b.ground(
        Region.rectangle(0, 0, b.between(34, 44), b.between(20, 28), 0),
        GroundMaterials.slabs(b.palette.pick(0x9a968e, 0x8a8880), 4, 3, 0.1f, b.random.nextInt()),
        0.2,
        1);
    Rgb yellow = Rgb.srgb(0xc8a82a);
    b.marking(Region.rectangle(0, b.between(-3, 3), 40, 0.15, 0), yellow);
    b.marking(Region.rectangle(b.between(-8, 8), 6, 5, 4, 0).outline(0.15), yellow);
    Buildings.house(b, -24, 14, 8, 28, b.between(6, 10), "S");
    Buildings.house(b, 11, 15, 30, 28, b.between(4, 7), "S");
    Rgb steel = b.palette.pick(0x6a6e70, 0x8a8d90);
    Buildings.fence(b, new Vec3(-30, -15, 0), new Vec3(-3, -15, 0), 2, steel);
    Buildings.fence(b, new Vec3(4, -15, 0), new Vec3(30, -15, 0), 2, steel);
    for (int i = 0; i < 4; i++) {
      container(b, b.between(-20, 20), b.chance(0.5) ? 10.5 : -12);
    }
    for (int i = 0; i < 14; i++) {
      Props.crate(b, b.between(-18, 18), b.chance(0.5) ? b.between(7, 11) : b.between(-11, -6));
    }
    for (int i = 0; i < 5; i++) {
      Props.clutter(b, b.between(-16, 16), b.between(-8, 8));
    }
    b.parkedCar(b.between(-15, 15), -9, b.between(0, 3));
    Props.lamp(b, -8, 9, -1.5);
    Props.lamp(b, 9, -10, 1.5);
    b.gate(0.5, -31);
    b.gate(-31, 0);
    b.gate(31, 2);
    b.spot(b.between(-8, 8), b.between(-4, 4));
    b.spot(b.between(-8, 8), b.between(-4, 4));
    b.lane(0.5, -45, 0.5, -4, 12, 0, 45, 1);
  }

  private static void container(WorldBuilder b, double x, double y) {
    Mesh mesh = new Mesh();
    Rgb color = b.palette.pick(0x2f5a8a, 0x8a3a2a, 0x3a6a4a, 0xb0803a, 0x8a8d90);
    Shapes.box(mesh, new Vec3(x, y, 0), 6, 2.4, 2.5, 0, color);
    b.part(mesh, YardLayout::ribs);
    b.obstacle(new Obstacle(x, y, 6, 2.4, 0, 0, 2.5));
  }

  private static void ribs(SurfacePoint p) {
    float u = (p.x + p.y) * 4;
    float rib = u - (float) Math.floor(u);
    float fade = Math.min(1, 0.12f / p.footprint);
    p.scale(1 + 0.4f * fade * (rib > 0.5f ? 0.3f : -0.3f));
  }
}
