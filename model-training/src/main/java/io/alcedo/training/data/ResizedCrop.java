package io.alcedo.training.data;

import java.util.random.RandomGenerator;

/**
 * Views for ImageNet (Szegedy et al. 2015, section 6; torchvision's {@code RandomResizedCrop}): a
 * random part of the area and 3:4 to 4:3 of the canvas's shape, mirrored or not; when judged, the
 * centre of the picture whose short side is 256 for a canvas of 224.
 *
 * @param width of the canvas, px
 * @param height of the canvas, px
 * @param leastArea smallest part of the area, 0 to 1
 */
public record ResizedCrop(int width, int height, double leastArea) implements PictureView {
  private static final double LEAST_AREA = 0.08;
  private static final double LEAST_SHAPE = 3.0 / 4;
  private static final int TRIES = 10;
  private static final double SHORT_SIDE = 256.0 / 224;

  /** Of 8 to 100 % of the area, on a square canvas. */
  public ResizedCrop(int side) {
    this(side, side, LEAST_AREA);
  }

  @Override
  public Picture random(Picture picture, RandomGenerator random) {
    for (int i = 0; i < TRIES; i++) {
      double area = picture.width() * (double) picture.height() * random.nextDouble(leastArea, 1);
      double shape =
          Math.exp(random.nextDouble(Math.log(LEAST_SHAPE), -Math.log(LEAST_SHAPE)))
              * width
              / height;
      int w = (int) Math.round(Math.sqrt(area * shape));
      int h = (int) Math.round(Math.sqrt(area / shape));
      if (w > 0 && h > 0 && w <= picture.width() && h <= picture.height()) {
        int left = random.nextInt(picture.width() - w + 1);
        int top = random.nextInt(picture.height() - h + 1);
        Picture part = picture.resized(left, top, w, h, width, height);
        return random.nextBoolean() ? part.window(0, 0, width, height, true) : part;
      }
    }
    return plain(picture);
  }

  /** What the short side becomes before the centre of some side is taken, px. */
  public static int shortSide(int side) {
    return (int) Math.round(side * SHORT_SIDE);
  }

  @Override
  public Picture plain(Picture picture) {
    int wide = shortSide(width);
    int high = shortSide(height);
    double scale = Math.max((double) wide / picture.width(), (double) high / picture.height());
    int scaledWidth = Math.max(wide, (int) (picture.width() * scale));
    int scaledHeight = Math.max(high, (int) (picture.height() * scale));
    return picture
        .resized(0, 0, picture.width(), picture.height(), scaledWidth, scaledHeight)
        .window((scaledWidth - width) / 2, (scaledHeight - height) / 2, width, height, false);
  }
}
