package io.alcedo.connectors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.alcedo.connectors.InvalidInputException;
import java.util.Random;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;

class JpegEncoderTest {
  @Test
  void shrinksToTheGreatestWidth() {
    try (Mat picture = noise(400, 300)) {
      JpegEncoder.Encoded encoded =
          new JpegEncoder(new JpegSettings(80, 200), 1 << 20).encode(picture);
      assertThat(encoded.width()).isEqualTo(200);
      assertThat(encoded.height()).isEqualTo(150);
      assertThat(encoded.quality()).isEqualTo(80);
      assertThat(encoded.jpeg()).startsWith(0xFF, 0xD8);
    }
  }

  @Test
  void neverEnlarges() {
    try (Mat picture = noise(40, 30)) {
      assertThat(new JpegEncoder(new JpegSettings(80, 200), 1 << 20).encode(picture).width())
          .isEqualTo(40);
    }
  }

  @Test
  void lowersTheQualityOfAPictureThatIsTooLarge() {
    try (Mat picture = noise(400, 300)) {
      int full = new JpegEncoder(new JpegSettings(95, 0), 1 << 20).encode(picture).jpeg().length;
      JpegEncoder.Encoded encoded =
          new JpegEncoder(new JpegSettings(95, 0), full / 2).encode(picture);
      assertThat(encoded.jpeg().length).isLessThan(full / 2);
      assertThat(encoded.quality()).isBetween(JpegEncoder.LOWEST_QUALITY, 94);
      assertThat(encoded.width()).isEqualTo(400);
    }
  }

  @Test
  void saysWhatToDoIfNoQualityIsLowEnough() {
    try (Mat picture = noise(400, 300)) {
      JpegEncoder encoder = new JpegEncoder(new JpegSettings(95, 0), 4096);
      assertThatThrownBy(() -> encoder.encode(picture))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("a picture of 400 x 300 px takes")
          .hasMessageContaining("quality 30, but kafka.maxRecordBytes leaves 3072")
          .hasMessageContaining("jpeg.maxWidth");
    }
  }

  private static Mat noise(int width, int height) {
    byte[] bytes = new byte[width * height * 3];
    new Random(3).nextBytes(bytes);
    Mat picture = new Mat(height, width, CV_8UC3);
    picture.data().put(bytes);
    return picture;
  }
}
