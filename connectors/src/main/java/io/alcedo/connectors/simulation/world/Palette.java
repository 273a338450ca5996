package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Surface;
import java.util.random.RandomGenerator;

/** The colours and materials of one world, drawn once so that its parts belong together. */
final class Palette {
  private static final int[] WALLS = {
    0x8c4f3a, 0xa8705a, 0x7a4a3c, 0xb89878, 0xcfc3ae, 0xd8d2c4, 0xa9a9a4, 0x8d8f90, 0xc7a878,
    0xb5b7b0, 0x6f7478, 0x9c8a76, 0xd9c9a0, 0x88786c
  };
  private static final int[] FRAMES = {0xe8e6e0, 0x3a3d40, 0x5a3a2a, 0x8a8d90, 0x7a2a20, 0x2c4a3a};
  private static final int[] DOORS = {0x5a3a24, 0x2f4a6a, 0x7c2b22, 0x35523c, 0x4a4d50, 0xb0aca0};
  private static final int[] PAVINGS = {0x9a968e, 0xb0aaa0, 0x8a8580, 0xa89a8a, 0xa5877a, 0xbdb6a8};
  private static final int[] GRASSES = {0x4f6b2c, 0x5f7a35, 0x465f2a, 0x6f7d40, 0x557a30};

  private final RandomGenerator random;
  private final Rgb asphalt;

  Palette(RandomGenerator random) {
    this.random = random;
    double tone = 0.06 + 0.14 * random.nextDouble();
    this.asphalt = Rgb.grey(tone).times(new Rgb(1, 1, (float) (0.92 + 0.16 * random.nextDouble())));
  }

  Rgb pick(int... colors) {
    double tone = 0.8 + 0.35 * random.nextDouble();
    return Rgb.srgb(colors[random.nextInt(colors.length)]).times(tone);
  }

  Surface asphalt() {
    return GroundMaterials.asphalt(asphalt, random.nextInt());
  }

  /** Slabs, cobbles, bricks or plain concrete. */
  Surface paving() {
    Rgb color = pick(PAVINGS);
    int seed = random.nextInt();
    return switch (random.nextInt(5)) {
      case 0 -> GroundMaterials.slabs(color, 0.2f, 0.1f, 0.4f, seed);
      case 1 -> GroundMaterials.slabs(color, 0.14f, 0.12f, 0.5f, seed);
      case 2 -> GroundMaterials.slabs(color, 2.5f, 2.5f, 0.12f, seed);
      default -> GroundMaterials.slabs(color, 0.6f, 0.4f, 0.2f, seed);
    };
  }

  Surface grass() {
    return GroundMaterials.grass(pick(GRASSES), random.nextInt());
  }

  Surface gravel() {
    return GroundMaterials.gravel(pick(0xa89a80, 0x9a9488, 0xb8a888), random.nextInt());
  }

  /** A building's look. */
  Facade.Style facade() {
    Facade.Masonry[] all = Facade.Masonry.values();
    Facade.Masonry masonry = all[random.nextInt(all.length)];
    Rgb wall =
        masonry == Facade.Masonry.BRICK
            ? pick(0x8c4f3a, 0x9a5f45, 0x7a4a3c, 0xb08a68)
            : pick(WALLS);
    return new Facade.Style(
        masonry,
        wall,
        pick(FRAMES),
        pick(DOORS),
        2.8f + 0.8f * random.nextFloat(),
        1.6f + 2.6f * random.nextFloat(),
        random.nextInt(8) == 0 ? 0 : 0.35f + 0.5f * random.nextFloat(),
        0.4f + 0.25f * random.nextFloat(),
        random.nextInt());
  }
}
