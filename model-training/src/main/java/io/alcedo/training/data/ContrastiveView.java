package io.alcedo.training.data;

import java.util.random.RandomGenerator;

/**
 * Views for contrastive learning: a random part of the picture, mirrored or not, then random
 * colours, grey, blur and solarization, each with a share of its own. When judged, the whole
 * picture, stretched to the canvas as serving does.
 *
 * @param width of the canvas, px
 * @param height of the canvas, px
 * @param leastArea smallest part of the picture's area, 0 to 1
 * @param jitter of the colours
 * @param jitterShare of the views whose colours are changed
 * @param grey share of the views that lose their colours
 * @param greyFirst whether that comes before the change of colours (MoCo v1), not after (v2, v3)
 * @param blur share of the views that are blurred
 * @param solarize share of the views whose bright half is inverted
 */
public record ContrastiveView(
    int width,
    int height,
    double leastArea,
    RandomColors jitter,
    double jitterShare,
    double grey,
    boolean greyFirst,
    double blur,
    double solarize)
    implements PictureView {

  @Override
  public Picture random(Picture picture, RandomGenerator random) {
    byte[] pixels = new ResizedCrop(width, height, leastArea).random(picture, random).rgb();
    if (greyFirst && random.nextDouble() < grey) {
      Tones.grey(pixels);
    }
    if (random.nextDouble() < jitterShare) {
      jitter.apply(pixels, random);
    }
    if (!greyFirst && random.nextDouble() < grey) {
      Tones.grey(pixels);
    }
    Picture colored = new Picture(pixels, width, height);
    Picture sharp = random.nextDouble() < blur ? GaussianBlur.random(colored, random) : colored;
    if (random.nextDouble() < solarize) {
      Tones.solarize(sharp.rgb());
    }
    return sharp;
  }

  @Override
  public Picture plain(Picture picture) {
    return picture.width() == width && picture.height() == height
        ? picture
        : picture.resized(0, 0, picture.width(), picture.height(), width, height);
  }
}
