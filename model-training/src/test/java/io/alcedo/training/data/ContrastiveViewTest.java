package io.alcedo.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContrastiveViewTest {
  private static final RandomColors NO_COLORS = new RandomColors(0, 0, 0, 0);

  private static Picture noise() {
    return PictureFixture.noise(24, 20, 0, new SplittableRandom(1));
  }

  private static ContrastiveView view(RandomColors jitter, double grey, double blur, double sun) {
    return new ContrastiveView(16, 24, 0.2, jitter, 1, grey, false, blur, sun);
  }

  @Test
  void comesOntoTheCanvasAndLeavesThePictureAlone() {
    Picture picture = noise();
    byte[] before = picture.rgb().clone();
    ContrastiveView all = view(new RandomColors(0.4, 0.4, 0.4, 0.1), 0.5, 0.5, 0.5);
    for (int i = 0; i < 20; i++) {
      Picture seen = all.random(picture, new SplittableRandom(i));
      assertThat(seen.width()).isEqualTo(16);
      assertThat(seen.height()).isEqualTo(24);
      assertThat(all.random(picture, new SplittableRandom(i)).rgb()).isEqualTo(seen.rgb());
    }
    assertThat(picture.rgb()).isEqualTo(before);
    assertThat(all.plain(picture).height()).isEqualTo(24);
  }

  @Test
  void greyViewsHaveNoColour() {
    byte[] rgb = view(NO_COLORS, 1, 0, 0).random(noise(), new SplittableRandom(1)).rgb();
    for (int i = 0; i < rgb.length; i += 3) {
      assertThat(rgb[i]).isEqualTo(rgb[i + 1]).isEqualTo(rgb[i + 2]);
    }
    byte[] red = {(byte) 255, 0, 0};
    Tones.grey(red);
    assertThat(red[0]).isEqualTo((byte) 76); // 0.299 × 255
  }

  @Test
  void solarizedViewsAreNeverBright() {
    byte[] values = {0, 127, (byte) 128, (byte) 255};
    Tones.solarize(values);
    assertThat(values).containsExactly(0, 127, 127, 0);
  }

  @Test
  void blurSpreadsAPointAndKeepsTheMean() {
    byte[] rgb = new byte[21 * 21 * 3];
    int middle = 3 * (10 * 21 + 10);
    rgb[middle] = (byte) 255;
    Picture soft = GaussianBlur.blurred(new Picture(rgb, 21, 21), 1);
    // The middle of a Gaussian of σ 1: 255 × 0.399².
    assertThat(soft.rgb()[middle] & 0xff).isBetween(38, 43);
    assertThat(soft.rgb()[middle + 3]).isEqualTo(soft.rgb()[middle - 3]).isGreaterThan((byte) 20);
    assertThat(soft.rgb()[middle + 1]).isZero();
  }

  @Test
  void coloursChangeWithinTheirBounds() {
    SplittableRandom random = new SplittableRandom(2);
    double least = 255;
    double most = 0;
    for (int i = 0; i < 300; i++) {
      byte[] pixel = {100, 100, 100};
      new RandomColors(0.4, 0, 0, 0.5).apply(pixel, random);
      assertThat(pixel[0]).isEqualTo(pixel[1]); // grey has no hue
      least = Math.min(least, pixel[0] & 0xff);
      most = Math.max(most, pixel[0] & 0xff);
    }
    assertThat(least).isBetween(60.0, 64.0);
    assertThat(most).isBetween(136.0, 140.0);
  }

  @Test
  void hueTurnsAndKeepsTheValue() {
    SplittableRandom random = new SplittableRandom(2);
    boolean[] led = new boolean[3];
    for (int i = 0; i < 100; i++) {
      byte[] pixel = {(byte) 200, 50, 50};
      new RandomColors(0, 0, 0, 0.5).apply(pixel, random);
      int most = 0;
      int least = 255;
      for (int c = 0; c < 3; c++) {
        most = Math.max(most, pixel[c] & 0xff);
        least = Math.min(least, pixel[c] & 0xff);
        led[c] |= (pixel[c] & 0xff) == 200;
      }
      assertThat(most).isEqualTo(200);
      assertThat(least).isEqualTo(50);
    }
    assertThat(led).containsExactly(true, true, true);
  }

  @Test
  void pairsAreTwoViewsOfOnePictureByTheirNumber(@TempDir Path folder) throws IOException {
    Path zip = folder.resolve("pictures.zip");
    PictureFixture.zip(zip, 16, "blue", "red");
    try (ImageFolder pictures = ImageFolder.open(zip, null)) {
      PictureView view = new PadCrop(16, 0); // the picture itself, mirrored or not
      PairBatches batches =
          new PairBatches(PictureSet.all(pictures), Positives.VIEWS, view, view, 8, 3);
      PairBatch batch = batches.apply(5);
      assertThat(batches.apply(5).second().pixels()).isEqualTo(batch.second().pixels());
      assertThat(batches.apply(6).first().pixels()).isNotEqualTo(batch.first().pixels());
      assertThat(sums(batch.first())).isEqualTo(sums(batch.second()));
      assertThat(batch.first().pixels()).isNotEqualTo(batch.second().pixels());
    }
  }

  /** Of each picture; mirroring does not change it. */
  private static long[] sums(PictureBatch batch) {
    long[] sums = new long[batch.size()];
    int size = batch.pixels().length / sums.length;
    for (int i = 0; i < batch.pixels().length; i++) {
      sums[i / size] += batch.pixels()[i] & 0xff;
    }
    return sums;
  }
}
