package io.alcedo.operators.stream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.geometry.Letterbox;
import io.alcedo.operators.stream.fixture.Frames;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.ImageIO;
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

  @Test
  void takesAPngOfAPersonButOfNoCamera() throws Exception {
    byte[] png = png(40, 30);
    try (Mat picture = FrameDecoder.DEFAULT.decodeUpright(png)) {
      assertThat(picture.cols()).isEqualTo(40);
      assertThat(picture.rows()).isEqualTo(30);
      assertThat(picture.channels()).isEqualTo(3);
    }
    assertRefused(png, "not a JPEG image: begins with 89 50 4e 47");
  }

  @Test
  void refusesABadPng() throws Exception {
    byte[] png = png(40, 30);
    assertNotUpright(Arrays.copyOf(png, png.length - 1), "truncated PNG");
    assertNotUpright(Arrays.copyOf(png, 20), "truncated PNG: 20 bytes and no end");
    byte[] claims = png.clone();
    ByteBuffer.wrap(claims).putInt(16, 20_000);
    assertNotUpright(claims, "20000x30 px: a side is over the limit of 16384 px");
    byte[] damaged = png.clone();
    damaged[12] = 'X';
    assertNotUpright(damaged, "corrupt PNG: no size before its end");
    ByteBuffer.wrap(damaged).putInt(8, -1);
    assertNotUpright(damaged, "truncated PNG");
  }

  @Test
  void turnsAPictureAsItsTagSays() throws Exception {
    byte[] lying = withOrientation(Frames.BRIGHT, 6);
    try (Mat upright = FrameDecoder.DEFAULT.decodeUpright(lying);
        Mat coded = FrameDecoder.DEFAULT.decode(lying)) {
      assertThat(upright.cols()).isEqualTo(96);
      assertThat(coded.cols()).isEqualTo(128);
    }
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB), "png", bytes);
    return bytes.toByteArray();
  }

  /** The picture with an Exif segment of one tag behind its start. */
  private static byte[] withOrientation(byte[] jpeg, int orientation) {
    ByteBuffer tagged = ByteBuffer.allocate(jpeg.length + 36);
    tagged.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) 34);
    tagged.put(new byte[] {'E', 'x', 'i', 'f', 0, 0, 'M', 'M'}).putShort((short) 42).putInt(8);
    tagged.putShort((short) 1).putShort((short) 0x112).putShort((short) 3).putInt(1);
    tagged.putShort((short) orientation).putShort((short) 0).putInt(0);
    return tagged.put(jpeg, 2, jpeg.length - 2).array();
  }

  private static void assertNotUpright(byte[] bytes, String reason) {
    assertThatThrownBy(() -> FrameDecoder.DEFAULT.decodeUpright(bytes).close())
        .isInstanceOf(UndecodableFrameException.class)
        .hasMessageContaining(reason);
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
