package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Vec3;

/** A walk along the water: a railing, planks and slabs, palms, kiosks. */
final class PromenadeLayout implements Layout {
  @Override
  public void build(WorldBuilder b) {
    double shore = b.between(-9, -6);
    b.ground(Region.everywhere(), b.palette.paving(), 0, 1);
    b.ground(
        Region.rectangle(0, shore + 1.6, 90, 3, 0),
        GroundMaterials.slabs(
            b.palette.pick(0x8a6a48, 0x9a8a74), 3, 0.14f, 0.35f, b.random.nextInt()),
        0,
        1);
    b.ground(
        Region.rectangle(0, shore - 40, 120, 80, 0),
        GroundMaterials.water(b.palette.pick(0x2f4a52, 0x3a5a5a, 0x44585e), b.random.nextInt()),
        0,
        50);
    b.marking(Region.rectangle(0, shore, 90, 0.5, 0), Rgb.srgb(0x8f8b82));
    Rgb rail = b.palette.pick(0xd8d8d2, 0x3a4a5a, 0x8a8d90);
    Buildings.fence(b, new Vec3(-34, shore + 0.2, 0), new Vec3(34, shore + 0.2, 0), 1.05, rail);
    double lawn = b.between(5, 8);
    b.ground(Region.rectangle(0, lawn + 2, 90, 4, 0), b.palette.grass(), 0.1, 3);
    b.ground(Region.rectangle(0, lawn + 8, 90, 7, 0), b.palette.asphalt(), 0, 4);
    for (double x = -28; x < 30; x += b.between(5, 9)) {
      Props.tree(b, x, lawn + 2 + b.between(-1, 1));
      if (b.chance(0.6)) {
        Props.bench(b, x + 2.5, lawn - 0.6, 0);
      }
    }
    for (double x = -24; x < 26; x += b.between(9, 13)) {
      Props.lamp(b, x, shore + 0.9, Math.PI / 2);
    }
    kiosks(b, lawn);
    for (int i = 0; i < 5; i++) {
      Props.clutter(b, b.between(-18, 18), b.chance(0.5) ? lawn - 0.5 : shore + 1);
    }
    Buildings.house(b, -30, lawn + 14, b.between(-8, 4), lawn + 22, b.between(5, 10), "S");
    Buildings.house(b, b.between(6, 10), lawn + 14, 31, lawn + 22, b.between(5, 10), "S");
    b.gate(-31, (shore + lawn) / 2);
    b.gate(31, (shore + lawn) / 2);
    b.gate(-31, shore + 2);
    b.gate(31, shore + 2.5);
    for (int i = 0; i < 4; i++) {
      b.spot(b.between(-12, 12), shore + b.between(1, 3));
    }
    b.lane(-45, lawn + 6.6, 45, lawn + 6.6);
  }

  private static void kiosks(WorldBuilder b, double lawn) {
    for (int i = 0; i < 2; i++) {
      double x = b.between(-16, 12);
      Buildings.house(b, x, lawn - 0.5, x + 3, lawn + 2.5, 2.9, "");
    }
  }
}
