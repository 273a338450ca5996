package io.alcedo.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PictureViewTest {
  /** Every pixel's red is its column and its green its row, from 1. */
  private static Picture grid(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      rgb[3 * i] = (byte) (1 + i % width);
      rgb[3 * i + 1] = (byte) (1 + i / width);
    }
    return new Picture(rgb, width, height);
  }

  @Test
  void padCropMovesAndMirrorsWithABlackRim() {
    Picture picture = grid(8, 8);
    PadCrop view = new PadCrop(8, 2);
    assertThat(view.plain(picture)).isSameAs(picture);
    SplittableRandom random = new SplittableRandom(3);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      Picture moved = view.random(picture, random);
      int center = 3 * (4 * 8 + 4);
      int left = moved.rgb()[center - 3];
      int here = moved.rgb()[center];
      boolean mirrored = left > here;
      int dx = (mirrored ? 7 - 4 : 4) - (here - 1); // how far the picture moved to the right
      int dy = 4 - (moved.rgb()[center + 1] - 1);
      seen.add(dx + " " + dy + " " + mirrored);
      assertThat(moved.rgb()).isEqualTo(moved(picture, dx, dy, mirrored));
    }
    assertThat(seen).hasSize(5 * 5 * 2);
  }

  private static byte[] moved(Picture picture, int dx, int dy, boolean mirrored) {
    byte[] expected = new byte[picture.rgb().length];
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        int fromX = x - dx;
        int fromY = y - dy;
        if (fromX >= 0 && fromX < 8 && fromY >= 0 && fromY < 8) {
          int to = 3 * (8 * y + (mirrored ? 7 - x : x));
          System.arraycopy(picture.rgb(), 3 * (8 * fromY + fromX), expected, to, 3);
        }
      }
    }
    return expected;
  }

  @Test
  void resizedCropIsJudgedByTheCentre() {
    Picture picture = grid(100, 64); // short side 64 becomes 32 of 28
    Picture plain = new ResizedCrop(28).plain(picture);
    assertThat(plain.width()).isEqualTo(28);
    assertThat(plain.height()).isEqualTo(28);
    // 50 × 32 px: columns 11 to 38 and rows 2 to 29 are seen, each of two by two pixels.
    assertThat(plain.rgb()[0]).isBetween((byte) 23, (byte) 24);
    assertThat(plain.rgb()[1]).isBetween((byte) 5, (byte) 6);
    int last = 3 * (28 * 28 - 1);
    assertThat(plain.rgb()[last]).isBetween((byte) 77, (byte) 78);
    assertThat(plain.rgb()[last + 1]).isBetween((byte) 59, (byte) 60);
  }

  @Test
  void resizedCropSeesPartsOfManySizesAndShapes() {
    Picture picture = grid(120, 90);
    ResizedCrop view = new ResizedCrop(32);
    SplittableRandom random = new SplittableRandom(3);
    double least = 1;
    double most = 0;
    int mirrored = 0;
    for (int i = 0; i < 400; i++) {
      byte[] rgb = view.random(picture, random).rgb();
      int last = 3 * (32 * 32 - 1);
      double share = Math.abs(rgb[last] - rgb[0]) * (rgb[last + 1] - rgb[1]) / (120.0 * 90);
      least = Math.min(least, share);
      most = Math.max(most, share);
      mirrored += rgb[last] < rgb[0] ? 1 : 0;
    }
    assertThat(least).isBetween(0.04, 0.13);
    assertThat(most).isGreaterThan(0.85);
    assertThat(mirrored).isBetween(140, 260);
  }
}
