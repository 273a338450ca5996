package io.alcedo.training.data;

import java.util.random.RandomGenerator;

/**
 * Views of small pictures (He et al. 2015, section 4.2): random windows of the picture with a black
 * rim, mirrored or not; the picture itself when judged. Pictures of another size are stretched to
 * the canvas first.
 *
 * @param side of the canvas, px
 * @param rim on each side, px
 */
public record PadCrop(int side, int rim) implements PictureView {
  @Override
  public Picture random(Picture picture, RandomGenerator random) {
    int left = random.nextInt(2 * rim + 1) - rim;
    int top = random.nextInt(2 * rim + 1) - rim;
    return plain(picture).window(left, top, side, side, random.nextBoolean());
  }

  @Override
  public Picture plain(Picture picture) {
    return picture.width() == side && picture.height() == side
        ? picture
        : picture.resized(0, 0, picture.width(), picture.height(), side, side);
  }
}
