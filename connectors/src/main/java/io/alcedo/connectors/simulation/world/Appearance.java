package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Rgb;
import java.util.random.RandomGenerator;

/**
 * What makes a person recognizable: body, hair and clothes.
 *
 * @param height m
 * @param build girth, 1 for average
 * @param longHair falling on the shoulders
 * @param inner shirt that shows where a jacket is open
 * @param coat how far the top reaches down, as a share of the height above the ground
 * @param stripes whether the top has them
 */
record Appearance(
    double height,
    double build,
    double shoulders,
    Rgb skin,
    Rgb hair,
    boolean longHair,
    Headwear headwear,
    Rgb hat,
    Rgb top,
    Rgb inner,
    boolean openJacket,
    boolean shortSleeves,
    double coat,
    boolean stripes,
    Legwear legwear,
    Rgb bottom,
    Rgb shoes,
    Bag bag,
    Rgb bagColor,
    int fold) {
  enum Headwear {
    NONE,
    CAP,
    BEANIE,
    HOOD,
    BRIM
  }

  enum Legwear {
    TROUSERS,
    SHORTS,
    SKIRT,
    DRESS
  }

  enum Bag {
    NONE,
    BACKPACK,
    SHOULDER,
    HAND
  }

  private static final int[] SKINS = {
    0xf0c8a8, 0xe0b090, 0xd8a880, 0xc08a60, 0x9a6a48, 0x7a5038, 0x553626
  };
  private static final int[] HAIRS = {
    0x1a1512, 0x2a1d15, 0x3a2a1c, 0x5a4028, 0x8a6a3c, 0xb89458, 0x6a6662, 0xa8a4a0, 0x6a2f1a
  };
  private static final int[] DARK = {
    0x14151a, 0x1c1d22, 0x23283a, 0x2c2f33, 0x3a332c, 0x2a3a2e, 0x44474a, 0x4a2a28
  };
  private static final int[] BRIGHT = {
    0xe8e6e2, 0xd0d0cc, 0xb02a24, 0x2a5aa8, 0x3a8a54, 0xe0b428, 0xd86a2a, 0x8a3a7a, 0xd88aa0,
    0x58a0c0, 0xa09a8a, 0x7a8a9a, 0xc8b89a, 0x6a8a3a, 0xf0f0ee, 0xd8f020
  };
  private static final int[] BOTTOMS = {
    0x1c1d22, 0x23283a, 0x2c3a5a, 0x3a4a70, 0x55688a, 0x6a5a48, 0xa89878, 0x4a4d50, 0x2c2f33,
    0x8a8478, 0xd0ccc0, 0x4a5a3a
  };

  static Appearance random(RandomGenerator random) {
    boolean feminine = random.nextBoolean();
    double tall = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
    double height = (feminine ? 1.66 : 1.78) + 0.13 * tall;
    boolean child = random.nextInt(14) == 0;
    Rgb top = cloth(random, random.nextInt(100) < 60 ? DARK : BRIGHT);
    Legwear[] legs = Legwear.values();
    Legwear legwear = Legwear.TROUSERS;
    if (random.nextInt(100) < 28) {
      legwear = feminine ? legs[1 + random.nextInt(3)] : Legwear.SHORTS;
    }
    boolean coat = random.nextInt(100) < 30;
    return new Appearance(
        child ? height * (0.62 + 0.2 * random.nextDouble()) : height,
        0.88 + 0.34 * random.nextDouble(),
        feminine ? 0.1 : 0.116,
        Rgb.srgb(SKINS[random.nextInt(SKINS.length)]),
        Rgb.srgb(HAIRS[random.nextInt(HAIRS.length)]),
        feminine && random.nextInt(10) < 7,
        random.nextInt(100) < 62 ? Headwear.NONE : Headwear.values()[1 + random.nextInt(4)],
        cloth(random, random.nextBoolean() ? DARK : BRIGHT),
        top,
        cloth(random, BRIGHT),
        !coat && random.nextInt(100) < 30,
        !coat && random.nextInt(100) < 35,
        coat ? 0.24 + 0.18 * random.nextDouble() : 0.46 + 0.04 * random.nextDouble(),
        random.nextInt(9) == 0,
        legwear,
        legwear == Legwear.DRESS ? top : cloth(random, BOTTOMS),
        cloth(random, random.nextInt(3) > 0 ? DARK : BRIGHT),
        random.nextInt(100) < 55 ? Bag.NONE : Bag.values()[1 + random.nextInt(3)],
        cloth(random, random.nextInt(3) > 0 ? DARK : BRIGHT),
        random.nextInt());
  }

  private static Rgb cloth(RandomGenerator random, int[] colors) {
    double tone = 0.8 + 0.5 * random.nextDouble();
    Rgb dyed = Rgb.srgb(colors[random.nextInt(colors.length)]).times(tone);
    Rgb color = dyed.mix(Rgb.grey(dyed.luminance()), 0.6 * random.nextDouble());
    Rgb tint =
        new Rgb(
            0.9f + 0.2f * random.nextFloat(),
            0.9f + 0.2f * random.nextFloat(),
            0.9f + 0.2f * random.nextFloat());
    // Cloth is never brighter than fresh snow.
    return new Rgb(
        Math.min(0.85f, color.r() * tint.r()),
        Math.min(0.85f, color.g() * tint.g()),
        Math.min(0.85f, color.b() * tint.b()));
  }
}
