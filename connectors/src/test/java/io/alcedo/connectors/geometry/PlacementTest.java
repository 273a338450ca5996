package io.alcedo.connectors.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.geometry.Placement.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {
  private static final Size CANVAS = new Size(224, 224);

  @ParameterizedTest
  @CsvSource({
    "768, 576, 1066, 800, 1088, 800", // the shorter side rules; both round up to 32
    "576, 768, 800, 1066, 800, 1088",
    "2000, 500, 1333, 333, 1344, 352", // the longer side would be 3200
    "800, 800, 800, 800, 800, 800"
  })
  void bringsTheShorterSideToItsSizeUnlessTheLongerGetsTooLong(
      int width, int height, int scaledWidth, int scaledHeight, int canvasWidth, int canvasHeight) {
    Placement fit = Placement.shortSide(new Size(width, height), 800, 1333, 32);

    assertThat(fit.scaled()).isEqualTo(new Size(scaledWidth, scaledHeight));
    assertThat(fit.canvas()).isEqualTo(new Size(canvasWidth, canvasHeight));
  }

  @ParameterizedTest
  @CsvSource({
    "500, 375, 341, 256, -58, -16", // -58.5 goes to the even number, as in Python
    "375, 500, 256, 341, -16, -58",
    "256, 256, 256, 256, -16, -16",
    "100, 100, 256, 256, -16, -16"
  })
  void cropsTheMiddle(int width, int height, int scaledWidth, int scaledHeight, int left, int top) {
    Placement fit = Placement.centerCrop(new Size(width, height), 256, CANVAS);

    assertThat(fit)
        .isEqualTo(
            new Placement(
                new Size(width, height), left, top, new Size(scaledWidth, scaledHeight), CANVAS));
  }

  @Test
  void mapsABoxThereAndBackThroughEveryRule() {
    Size picture = new Size(500, 375);
    Box box = new Box(210.5, 150, 60.25, 80);
    for (Placement fit :
        new Placement[] {
          Placement.asItIs(picture),
          Placement.stretched(picture, CANVAS),
          Placement.shortSide(picture, 800, 1333, 32),
          Placement.centerCrop(picture, 256, CANVAS),
          new Letterbox(500, 375, 224, 224).placement()
        }) {
      Box back = fit.toSource(fit.toCanvas(box));
      assertThat(back.x()).isCloseTo(box.x(), within(1e-9));
      assertThat(back.bottom()).isCloseTo(box.bottom(), within(1e-9));
    }
  }

  @Test
  void findsTheMiddleOfThePictureInTheMiddleOfACrop() {
    Placement fit = Placement.centerCrop(new Size(512, 256), 256, CANVAS);

    assertThat(fit.toSource(new Box(0, 0, 224, 224))).isEqualTo(new Box(144, 16, 224, 224));
  }
}
