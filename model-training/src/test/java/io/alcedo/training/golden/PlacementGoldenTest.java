package io.alcedo.training.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.geometry.Placement.Size;
import org.junit.jupiter.api.Test;

/**
 * Where served pictures lie against torchvision's {@code GeneralizedRCNNTransform}, whose newer
 * versions take the scale in float64.
 */
class PlacementGoldenTest {
  private static final int MULTIPLE = 32;

  private final Golden golden = Golden.shared("ops");

  @Test
  void scalesPicturesToTheSameSizes() {
    long[] cases = golden.tensor("in/transform/size_cases").longs(); // rows h, w, short, long
    long[] expected = golden.tensor("out/transform_double/sizes").longs(); // rows h, w
    assertThat(cases).hasSizeGreaterThan(4);
    for (int row = 0; row < cases.length / 4; row++) {
      Size picture = new Size((int) cases[4 * row + 1], (int) cases[4 * row]);
      Placement fit =
          Placement.shortSide(
              picture, (int) cases[4 * row + 2], (int) cases[4 * row + 3], MULTIPLE);
      assertThat(fit.scaled())
          .as("%s px, short side %d", picture, cases[4 * row + 2])
          .isEqualTo(new Size((int) expected[2 * row + 1], (int) expected[2 * row]));
    }
  }

  @Test
  void takesBoxesToTheCanvasAndBack() {
    long[] scaled = golden.tensor("out/transform_double/image_size").longs(); // h, w
    long[] batch = golden.tensor("out/transform_double/batch").shape(); // [1, 3, h, w]
    long[] image = golden.tensor("in/transform/image").shape(); // [3, h, w]
    Placement fit =
        Placement.shortSide(new Size((int) image[2], (int) image[1]), 96, 160, MULTIPLE);
    assertThat(fit.scaled()).isEqualTo(new Size((int) scaled[1], (int) scaled[0]));
    assertThat(fit.canvas()).isEqualTo(new Size((int) batch[3], (int) batch[2]));
    float[] boxes = golden.tensor("in/transform/boxes").floats(); // [4, 4] xyxy
    float[] onCanvas = golden.tensor("out/transform_double/boxes").floats();
    float[] back = golden.tensor("out/transform_double/boxes_back").floats();
    for (int i = 0; i < boxes.length; i += 4) {
      Box there = fit.toCanvas(box(boxes, i));
      assertSame(there, box(onCanvas, i));
      assertSame(fit.toSource(there), box(back, i));
    }
  }

  private static Box box(float[] xyxy, int at) {
    return Box.ofCorners(xyxy[at], xyxy[at + 1], xyxy[at + 2], xyxy[at + 3]);
  }

  private static void assertSame(Box actual, Box expected) {
    assertThat(actual.x()).isCloseTo(expected.x(), within(2e-4));
    assertThat(actual.y()).isCloseTo(expected.y(), within(2e-4));
    assertThat(actual.right()).isCloseTo(expected.right(), within(2e-4));
    assertThat(actual.bottom()).isCloseTo(expected.bottom(), within(2e-4));
  }
}
