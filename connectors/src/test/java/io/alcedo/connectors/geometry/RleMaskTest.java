package io.alcedo.connectors.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RleMaskTest {
  @Test
  void writesRunsInColumnMajorOrderBeginningWithZeros() {
    byte[] mask = {
      0, 1,
      0, 1,
      1, 0
    };
    assertThat(RleMask.encode(mask, 3, 2).runs()).containsExactly(2L, 3L, 1L);
  }

  /** The strings are what COCO's maskApi writes for these runs: 6 bits a character, from '0' on. */
  @Test
  void compressesAsCocoDoes() {
    assertThat(RleMask.ofRuns(List.of(6L, 1L, 40L, 4L, 5L, 4L, 5L, 4L, 21L), 9, 10).counts())
        .isEqualTo("61X13mN000`0");
  }

  @Test
  void decodesWhatItEncoded() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      int height = random.nextInt(1, 40);
      int width = random.nextInt(1, 40);
      byte[] mask = new byte[height * width];
      double share = random.nextDouble();
      for (int i = 0; i < mask.length; i++) {
        mask[i] = (byte) (random.nextDouble() < share ? 1 : 0);
      }
      assertThat(RleMask.encode(mask, height, width).decode()).isEqualTo(mask);
    }
  }

  @Test
  void encodesAWindowAsTheWholePictureWouldBe() {
    byte[] window = {1, 0, 1, 1};
    byte[] whole = new byte[5 * 6];
    whole[2 * 6 + 3] = 1;
    whole[3 * 6 + 3] = 1;
    whole[3 * 6 + 4] = 1;
    assertThat(RleMask.encodeWindow(window, 5, 6, 3, 2, 2, 2))
        .isEqualTo(RleMask.encode(whole, 5, 6));
  }

  @Test
  void measuresAreaAndOverlap() {
    RleMask a = RleMask.encode(new byte[] {1, 1, 0, 0}, 2, 2);
    RleMask b = RleMask.encode(new byte[] {0, 1, 0, 1}, 2, 2);
    assertThat(a.area()).isEqualTo(2);
    assertThat(a.iou(b)).isEqualTo(1.0 / 3);
    assertThat(a.iou(a)).isEqualTo(1);
  }

  @Test
  void refusesRunsThatDoNotCoverTheMask() {
    assertThatThrownBy(() -> RleMask.ofRuns(List.of(3L, 2L), 2, 2).decode())
        .hasMessageContaining("more than 2 x 2");
    assertThatThrownBy(() -> RleMask.ofRuns(List.of(3L), 2, 2).decode())
        .hasMessageContaining("cover 3 of 2 x 2");
    assertThatThrownBy(() -> new RleMask(2, 2, "\u007f").runs())
        .hasMessageContaining("mask counts");
  }
}
