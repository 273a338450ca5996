package io.alcedo.connectors.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

class JpegCommentTest {
  private static final byte[] JPEG = jpeg();

  @Test
  void putsATextBesideThePicture() throws IOException {
    byte[] file = JpegComment.put(JPEG, "grün {\"a\": 1}");

    assertThat(JpegComment.find(file)).hasValue("grün {\"a\": 1}");
    assertThat(file).hasSize(JPEG.length + 4 + 14);
    assertThat(pixels(file)).isEqualTo(pixels(JPEG));
    assertThat(Arrays.copyOf(file, 4)).as("JFIF's segment stays first").isEqualTo(head(JPEG));
    assertThat(JpegComment.find(JpegComment.put(file, "second"))).hasValue("second");
  }

  /** Another reader finds it too. */
  @Test
  void isAComment() throws IOException {
    byte[] file = JpegComment.put(JPEG, "who is it");
    var reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in);
      var metadata = reader.getImageMetadata(0);
      var tree = (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
      NodeList comments = tree.getElementsByTagName("com");
      assertThat(comments.getLength()).isEqualTo(1);
      assertThat(((IIOMetadataNode) comments.item(0)).getAttribute("comment"))
          .isEqualTo("who is it");
    } finally {
      reader.dispose();
    }
  }

  @Test
  void takesALongTextAndNoLonger() {
    String longest = "x".repeat(JpegComment.MAX_BYTES);
    assertThat(JpegComment.find(JpegComment.put(JPEG, longest))).hasValue(longest);
    assertThatThrownBy(() -> JpegComment.put(JPEG, longest + "x"))
        .hasMessage("the comment has 65534 bytes, expected 65533 at most");
  }

  @Test
  void findsNoneInWhatHasNone() {
    assertThat(JpegComment.find(JPEG)).isEmpty();
    assertThat(JpegComment.find(new byte[0])).isEmpty();
    assertThat(JpegComment.find(new byte[] {1, 2, 3, 4, 5})).isEmpty();
    byte[] file = JpegComment.put(JPEG, "a text");
    for (int length = 0; length < 40; length++) {
      assertThat(JpegComment.find(Arrays.copyOf(file, length)).orElse("a text"))
          .isEqualTo("a text");
    }
    assertThatThrownBy(() -> JpegComment.put(new byte[] {1, 2, 3, 4}, "x"))
        .hasMessage("no JPEG: it does not begin with ff d8");
    assertThatThrownBy(() -> JpegComment.put(Arrays.copyOf(JPEG, 10), "x"))
        .hasMessageContaining("the JPEG is damaged: a segment of 16 bytes");
  }

  private static byte[] head(byte[] file) {
    return Arrays.copyOf(file, 4);
  }

  private static byte[] jpeg() {
    BufferedImage picture = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(3, 3, 0xff0000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "jpg", out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static int[] pixels(byte[] file) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
    return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, 9);
  }
}
