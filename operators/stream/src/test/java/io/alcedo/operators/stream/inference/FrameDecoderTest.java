package io.alcedo.operators.stream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.geometry.Letterbox;
import io.alcedo.operators.stream.fixture.Frames;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
  private final FrameBatch batch = new FrameBatch(2, Inputs.letterbox(64, 64));

  @AfterEach
  void free() {
    batch.close();
  }

  @Test
  void putsThePictureTopLeftAndBlackAround() throws UndecodableFrameException {
    place(Frames.BRIGHT, 1); // 128x96 becomes 64x48 of 64x64

    assertThat(batch.fit(1)).isEqualTo(new Letterbox(128, 96, 64, 64).placement());
    ByteBuffer pixels = batch.images(1, 1);
    assertThat(pixels.get(0) & 0xFF).isGreaterThan(250);
    assertThat(pixels.get(3 * (47 * 64 + 63)) & 0xFF).isGreaterThan(250);
    assertThat(pixels.get(3 * 48 * 64)).isZero();
    place(Frames.DARK, 0);
    assertThat(pixels.get(0) & 0xFF).as("the neighbour's slot").isGreaterThan(250);
  }

  @Test
  void writesOverWhatALargerPictureLeft() throws UndecodableFrameException {
    place(Frames.jpeg(64, 64, 255), 0);
    place(Frames.jpeg(32, 64, 255), 0);

    assertThat(batch.images(0, 1).get(3 * 40)).as("right of the narrow picture").isZero();
  }

  @Test
  void refusesATruncatedJpeg() {
    assertRefused(Frames.TRUNCATED_JPEG, "truncated JPEG");
    assertRefused(Arrays.copyOf(Frames.BRIGHT, 30), "truncated JPEG");
  }

  @Test
  void refusesZeroBytes() {
    assertRefused(new byte[0], "zero bytes");
  }

  @Test
  void refusesText() {
    assertRefused(Frames.TEXT, "not a JPEG image: begins with 74 68 69 73");
  }

  @Test
  void refusesAHugePictureBeforeDecodingIt() {
    assertRefused(Frames.TOO_WIDE, "20000x96 px: a side is over the limit of 16384 px");
    assertRefused(
        Frames.withSize(Frames.BRIGHT, 16_000, 16_000), "over the limit of 64000000 pixels");
  }

  private void place(byte[] jpeg, int slot) throws UndecodableFrameException {
    try (Mat picture = FrameDecoder.DEFAULT.decode(jpeg)) {
      batch.place(slot, picture);
    }
  }

  private void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> FrameDecoder.DEFAULT.decode(bytes).close())
        .isInstanceOf(UndecodableFrameException.class)
        .hasMessageContaining(reason);
  }
}
