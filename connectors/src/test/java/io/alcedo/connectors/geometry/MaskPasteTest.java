package io.alcedo.connectors.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MaskPasteTest {
  private static final int SIDE = 28;

  @Test
  void fillsTheBoxOfAFullMask() {
    float[] full = new float[SIDE * SIDE];
    Arrays.fill(full, 1);
    Box box = new Box(10, 20, 56, 84);
    RleMask mask = MaskPaste.paste(full, 0, SIDE, box, 200, 150, 0.5f).encode(200, 150);
    assertThat((double) mask.area()).isBetween(box.area() * 0.97, box.area() * 1.05);
  }

  @Test
  void leavesNothingOfAnEmptyMask() {
    Box box = new Box(10, 20, 56, 84);
    assertThat(
            MaskPaste.paste(new float[SIDE * SIDE], 0, SIDE, box, 200, 150, 0.5f)
                .encode(200, 150)
                .area())
        .isZero();
  }

  @Test
  void putsTheUpperHalfInTheUpperHalf() {
    float[] upper = new float[SIDE * SIDE];
    Arrays.fill(upper, 0, SIDE * SIDE / 2, 1);
    MaskPaste.Window window =
        MaskPaste.paste(upper, 0, SIDE, new Box(0, 0, 100, 100), 100, 100, 0.5f);
    assertThat(window.inside()[25 * window.width() + 50]).isEqualTo((byte) 1);
    assertThat(window.inside()[75 * window.width() + 50]).isEqualTo((byte) 0);
  }

  @Test
  void cutsABoxThatReachesOutOfThePicture() {
    float[] full = new float[SIDE * SIDE];
    Arrays.fill(full, 1);
    MaskPaste.Window window =
        MaskPaste.paste(full, 0, SIDE, new Box(-50, 90, 100, 100), 100, 100, 0.5f);
    assertThat(window.left()).isZero();
    assertThat(window.top() + window.height()).isEqualTo(100);
    assertThat(window.encode(100, 100).height()).isEqualTo(100);
  }
}
