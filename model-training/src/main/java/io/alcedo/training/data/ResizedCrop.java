package io.alcedo.training.data;

import java.util.random.RandomGenerator;

/**
 * Views for ImageNet (Szegedy et al. 2015, section 6; torchvision's {@code RandomResizedCrop}): a
 * random part of 8 to 100 % of the area and 3:4 to 4:3 of shape, mirrored or not; when judged, the
 * centre of the picture whose short side is 256 for a canvas of 224.
 *
 * @param side of the canvas, px
 */
public record ResizedCrop(int side) implements PictureView {
  private static final double LEAST_AREA = 0.08;
  private static final double LEAST_SHAPE = 3.0 / 4;
  private static final int TRIES = 10;
  private static final double SHORT_SIDE = 256.0 / 224;

  @Override
  public Picture random(Picture picture, RandomGenerator random) {
    int width = picture.width();
    int height = picture.height();
    for (int i = 0; i < TRIES; i++) {
      double area = width * (double) height * random.nextDouble(LEAST_AREA, 1);
      double shape = Math.exp(random.nextDouble(Math.log(LEAST_SHAPE), -Math.log(LEAST_SHAPE)));
      int w = (int) Math.round(Math.sqrt(area * shape));
      int h = (int) Math.round(Math.sqrt(area / shape));
      if (w > 0 && h > 0 && w <= width && h <= height) {
        int left = random.nextInt(width - w + 1);
        int top = random.nextInt(height - h + 1);
        Picture part = picture.resized(left, top, w, h, side, side);
        return random.nextBoolean() ? part.window(0, 0, side, side, true) : part;
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
    int shortSide = shortSide(side);
    double scale = (double) shortSide / Math.min(picture.width(), picture.height());
    int width = Math.max(shortSide, (int) (picture.width() * scale));
    int height = Math.max(shortSide, (int) (picture.height() * scale));
    return picture
        .resized(0, 0, picture.width(), picture.height(), width, height)
        .window((width - side) / 2, (height - side) / 2, side, side, false);
  }
}
