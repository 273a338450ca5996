package io.alcedo.connectors.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.geometry.MaskScale.Cut;
import io.alcedo.connectors.geometry.Placement.Size;
import org.junit.jupiter.api.Test;

class MaskScaleTest {
  private static final Size PICTURE = new Size(8, 6);

  @Test
  void keepsAMaskOfThePictureItself() {
    // Two of the cut's four pixels reach the threshold.
    Cut cut = new Cut(3, 2, 2, 2, new float[] {0.5f, 0.49f, 0, 1});

    byte[] mask = MaskScale.toSource(cut, Placement.asItIs(PICTURE), 0.5f).decode();

    byte[] expected = new byte[48];
    expected[2 * 8 + 3] = 1;
    expected[3 * 8 + 4] = 1;
    assertThat(mask).isEqualTo(expected);
  }

  @Test
  void growsWithThePicture() {
    Cut cut = new Cut(1, 1, 2, 1, new float[] {1, 1});

    RleMask mask = MaskScale.toSource(cut, Placement.stretched(new Size(40, 30), PICTURE), 0.5f);

    assertThat(mask.width()).isEqualTo(40);
    assertThat(mask.height()).isEqualTo(30);
    assertThat(mask.area()).as("2 x 1 px, five times as large, corners off").isEqualTo(50 - 4 * 3);
    assertThat(mask.decode()[7 * 40 + 10]).isEqualTo((byte) 1);
    assertThat(mask.decode()[7 * 40 + 4]).isZero();
  }

  @Test
  void leavesOutTheFillAroundALetterbox() {
    Letterbox tall = new Letterbox(12, 12, 8, 6); // 6 of 8 columns are the picture
    Cut cut = new Cut(4, 0, 4, 1, new float[] {1, 1, 1, 1});

    RleMask mask = MaskScale.toSource(cut, tall.placement(), 0.5f);

    assertThat(mask.area()).as("2 of 4 px, twice as large").isEqualTo(4 * 2);
  }

  @Test
  void isEmptyWhereTheCutIs() {
    RleMask mask =
        MaskScale.toSource(new Cut(0, 0, 0, 0, new float[0]), Placement.asItIs(PICTURE), 0.5f);

    assertThat(mask.area()).isZero();
    assertThat(mask.width()).isEqualTo(8);
  }
}
