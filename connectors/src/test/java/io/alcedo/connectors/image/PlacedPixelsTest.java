package io.alcedo.connectors.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.geometry.Placement.Size;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

/** Grey pictures, so that pixels can be read. */
class PlacedPixelsTest {
  private interface Brightness {
    int at(int x, int y);
  }

  @Test
  void cropsTheMiddleWithoutScaling() {
    Placement fit = Placement.centerCrop(new Size(6, 4), 4, new Size(2, 2));

    byte[] canvas = place(6, 4, (x, y) -> 10 * x + y, fit);

    assertThat(canvas).containsExactly(21, 31, 22, 32);
  }

  @Test
  void overwritesTheWholeCanvasBlackAroundThePicture() {
    Placement fit = new Placement(new Size(1, 1), 1, 1, new Size(1, 1), new Size(3, 3));

    byte[] canvas = place(1, 1, (x, y) -> 9, fit);

    assertThat(canvas).containsExactly(0, 0, 0, 0, 9, 0, 0, 0, 0);
  }

  @Test
  void averagesWhereOneDirectionShrinksThoughTheOtherGrows() {
    // Every fourth line is bright: of a tall crop of a person, squeezed to a square.
    Placement fit = Placement.stretched(new Size(10, 128), new Size(32, 32));

    byte[] canvas = place(10, 128, (x, y) -> y % 4 == 0 ? 100 : 0, fit);

    for (byte pixel : canvas) {
      assertThat(pixel).isEqualTo((byte) 25);
    }
  }

  @Test
  void sharesThePixelsOfAPictureThatIsTakenAsItIs() {
    try (Mat picture = new Mat(2, 3, CV_8UC1);
        Mat part = PlacedPixels.part(picture, Placement.asItIs(new Size(3, 2)))) {
      assertThat(part.data().address()).isEqualTo(picture.data().address());
    }
  }

  private static byte[] place(int width, int height, Brightness brightness, Placement fit) {
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) brightness.at(i % width, i / width);
    }
    byte[] result = new byte[fit.canvas().width() * fit.canvas().height()];
    Arrays.fill(result, (byte) 77);
    try (BytePointer from = new BytePointer(pixels);
        BytePointer to = new BytePointer(result);
        Mat picture = new Mat(height, width, CV_8UC1, from);
        Mat canvas = new Mat(fit.canvas().height(), fit.canvas().width(), CV_8UC1, to)) {
      PlacedPixels.place(picture, canvas, fit);
      to.get(result);
    }
    return result;
  }
}
