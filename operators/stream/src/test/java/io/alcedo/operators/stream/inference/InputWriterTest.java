package io.alcedo.operators.stream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.alcedo.connectors.model.ModelManifest.ColorOrder;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.Layout;
import io.alcedo.connectors.model.ModelManifest.NumberType;
import io.alcedo.connectors.model.ModelManifest.Resize;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

/** A picture of 2 x 1 px in every form. */
class InputWriterTest {
  private static final byte[] PIXELS = {10, 20, 30, 40, 50, 60}; // RGB RGB
  private static final List<Double> MEAN = List.of(0.1, 0.2, 0.3);
  private static final List<Double> STD = List.of(0.5, 0.25, 2.0);

  @Test
  void separatesChannelsAndNormalisesEach() {
    float[] values =
        floats(input(Layout.NCHW, ColorOrder.RGB, 0.01, MEAN, STD, Resize.STRETCH, 2, 1));

    assertThat(values).containsExactly(new float[] {0, 0.6f, 0, 1.2f, 0, 0.15f}, CLOSE);
  }

  @Test
  void meansFollowTheOrderOfTheColours() {
    List<Double> none = List.of(1.0, 1.0, 1.0);
    List<Double> bgr = List.of(1.0, 2.0, 3.0);
    float[] values = floats(input(Layout.CHW, ColorOrder.BGR, 1, bgr, none, Resize.STRETCH, 2, 1));

    assertThat(values).containsExactly(29, 59, 18, 48, 7, 37);
  }

  @Test
  void interleavesChannels() {
    float[] values =
        floats(input(Layout.NHWC, ColorOrder.RGB, 0.01, MEAN, STD, Resize.STRETCH, 2, 1));

    assertThat(values).containsExactly(new float[] {0, 0, 0, 0.6f, 1.2f, 0.15f}, CLOSE);
  }

  @Test
  void keepsBytesInEitherLayout() {
    assertThat(bytes(Layout.NCHW, ColorOrder.RGB)).containsExactly(10, 40, 20, 50, 30, 60);
    assertThat(bytes(Layout.NHWC, ColorOrder.BGR)).containsExactly(30, 20, 10, 60, 50, 40);
    assertThat(bytes(Layout.NHWC, ColorOrder.RGB)).containsExactly(PIXELS);
  }

  @Test
  void fillsWhatThePictureDoesNotCoverWithZeroAndNotWithBlack() {
    float[] values =
        floats(input(Layout.CHW, ColorOrder.RGB, 1, MEAN, STD, Resize.LETTERBOX, 2, 2));

    assertThat(values[0]).isEqualTo((10 - 0.1f) / 0.5f);
    assertThat(values[2]).isZero();
    assertThat(values[3]).isZero();
    assertThat(values[4]).isEqualTo((20 - 0.2f) / 0.25f);
  }

  @Test
  void takesTheMiddleOfACrop() {
    Input middle =
        new Input(
            "x",
            null,
            Layout.CHW,
            NumberType.FLOAT32,
            ColorOrder.RGB,
            1,
            List.of(0.0, 0.0, 0.0),
            List.of(1.0, 1.0, 1.0),
            Resize.CENTER_CROP,
            1,
            1,
            1,
            null,
            null);

    // Left -0.5 goes to -0: the left pixel.
    assertThat(floats(middle)).containsExactly(10, 20, 30);
  }

  @Test
  void canvasesOfOtherPicturesAreTheirOwn() {
    List<Double> zero = List.of(0.0, 0.0, 0.0);
    List<Double> one = List.of(1.0, 1.0, 1.0);
    Input asItIs = input(Layout.CHW, ColorOrder.RGB, 1, zero, one, Resize.NONE, 0, 0);

    assertThat(new InputWriter(asItIs).isFixed()).isFalse();
    assertThat(floats(asItIs)).containsExactly(10, 40, 20, 50, 30, 60);
  }

  private static final org.assertj.core.data.Offset<Float> CLOSE =
      org.assertj.core.data.Offset.offset(1e-6f);

  private static Input input(
      Layout layout,
      ColorOrder order,
      double scale,
      List<Double> mean,
      List<Double> std,
      Resize resize,
      int width,
      int height) {
    return new Input(
        "x", null, layout, NumberType.FLOAT32, order, scale, mean, std, resize, width, height);
  }

  private static byte[] bytes(Layout layout, ColorOrder order) {
    ByteBuffer buffer = write(Inputs.fixed(layout, NumberType.UINT8, order, Resize.STRETCH, 2, 1));
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static float[] floats(Input input) {
    ByteBuffer buffer = write(input);
    float[] values = new float[buffer.remaining() / Float.BYTES];
    buffer.asFloatBuffer().get(values);
    return values;
  }

  private static ByteBuffer write(Input input) {
    try (FrameBatch batch = new FrameBatch(1, input);
        BytePointer pixels = new BytePointer(PIXELS);
        Mat picture = new Mat(1, 2, CV_8UC3, pixels)) {
      batch.place(0, picture);
      batch.place(0, picture); // over what was there
      ByteBuffer written = batch.images(0, 1).order(ByteOrder.nativeOrder());
      ByteBuffer copy = ByteBuffer.allocate(written.remaining()).order(ByteOrder.nativeOrder());
      return copy.put(written).flip();
    }
  }
}
