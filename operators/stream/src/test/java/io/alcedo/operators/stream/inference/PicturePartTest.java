package io.alcedo.operators.stream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.Placement.Size;
import io.alcedo.operators.stream.fixture.Frames;
import java.awt.Color;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PicturePartTest {
  private static final byte[] STRIPES =
      Frames.jpeg(96, 32, List.of(Color.RED, Color.GREEN, Color.BLUE));

  private final FrameBatch batch = new FrameBatch(1, Inputs.letterbox(8, 8));

  @AfterEach
  void free() {
    batch.close();
  }

  @Test
  void cutsItsRegionOutOfThePicture() throws UndecodableFrameException {
    List<PicturePart> parts =
        PicturePart.of(STRIPES, List.of(new Box(4.5, 4, 20.2, 20), new Box(68, -10, 200, 100)));

    parts.get(0).place(FrameDecoder.DEFAULT, batch, 0);
    assertThat(batch.fit(0).source()).isEqualTo(new Size(21, 20)); // 4.5 to 24.7: whole pixels
    assertThat(colour()).isEqualTo("red");
    parts.get(0).release();
    parts.get(1).place(FrameDecoder.DEFAULT, batch, 0);
    assertThat(batch.fit(0).source()).isEqualTo(new Size(28, 32));
    assertThat(colour()).isEqualTo("blue");
    parts.get(1).release();
  }

  /** Half black, half white: mean 127.5 and so is the deviation. */
  @Test
  void saysWhatAWholePictureIsLike() throws UndecodableFrameException {
    byte[] halves = Frames.jpeg(96, 32, List.of(Color.BLACK, Color.WHITE));
    PicturePart whole = PicturePart.whole(halves);
    whole.place(FrameDecoder.DEFAULT, batch, 0);
    whole.release();
    CRC32 checksum = new CRC32();
    checksum.update(halves);

    assertThat(whole.facts().checksum()).isEqualTo(checksum.getValue());
    assertThat(whole.facts().brightness()).isCloseTo(127.5, within(2.0));
    assertThat(whole.facts().contrast()).isCloseTo(127.5, within(2.0));
    PicturePart part = PicturePart.of(halves, List.of(new Box(0, 0, 9, 9))).get(0);
    part.place(FrameDecoder.DEFAULT, batch, 0);
    part.release();
    assertThat(part.facts()).isNull();
  }

  @Test
  void isAtLeastOnePixel() throws UndecodableFrameException {
    PicturePart outside = PicturePart.of(STRIPES, List.of(new Box(500, 500, 0, 0))).get(0);

    outside.place(FrameDecoder.DEFAULT, batch, 0);
    outside.release();

    assertThat(batch.fit(0).source()).isEqualTo(new Size(1, 1));
    assertThat(colour()).isEqualTo("blue");
  }

  @Test
  void onePartsReleaseLeavesTheOthersTheirPixels() throws UndecodableFrameException {
    List<PicturePart> parts =
        PicturePart.of(STRIPES, List.of(new Box(0, 0, 20, 20), new Box(40, 0, 20, 20)));
    parts.get(0).place(FrameDecoder.DEFAULT, batch, 0);
    parts.get(0).release();
    parts.get(0).release();

    parts.get(1).place(FrameDecoder.DEFAULT, batch, 0);
    assertThat(colour()).isEqualTo("green");
    parts.get(1).release();
  }

  @Test
  void sharesTheBytesAmongTheParts() {
    List<PicturePart> parts =
        PicturePart.of(new byte[100], List.of(new Box(0, 0, 1, 1), new Box(1, 1, 1, 1)));

    assertThat(parts).allMatch(part -> part.bytes() == 50);
  }

  @Test
  void everyPartOfAPictureThatIsNoneSaysSo() {
    for (PicturePart part :
        PicturePart.of(Frames.TRUNCATED_JPEG, List.of(new Box(0, 0, 1, 1), new Box(1, 1, 1, 1)))) {
      assertThatThrownBy(() -> part.place(FrameDecoder.DEFAULT, batch, 0))
          .isInstanceOf(UndecodableFrameException.class)
          .hasMessageContaining("truncated JPEG");
      part.release();
    }
  }

  @Test
  void refusesATensorThatWouldFillTheMemory() {
    try (FrameBatch asItIs = new FrameBatch(1, Inputs.ASIS)) {
      assertThatThrownBy(() -> asItIs.checkSize(new Size(8000, 4000)))
          .isInstanceOf(UndecodableFrameException.class)
          .hasMessage("8000x4000 px: would be 366 MB as the model's input, limit 256 MB");
    }
  }

  private String colour() {
    int red = batch.images(0, 1).get(0) & 0xFF;
    int green = batch.images(0, 1).get(1) & 0xFF;
    int blue = batch.images(0, 1).get(2) & 0xFF;
    return red > 128 ? "red" : green > 128 ? "green" : blue > 128 ? "blue" : "none";
  }
}
