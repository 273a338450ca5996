package io.alcedo.training.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Letterbox;
import io.alcedo.connectors.geometry.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationVideoTest {
  @TempDir private static Path folder;
  private static Path video;

  @BeforeAll
  static void writeVideo() throws Exception {
    video = TestVideo.write(folder.resolve("grey.avi"), 40);
  }

  /** Numbers of the frames that are taken, told from their level. */
  private static List<Integer> frames(String range, int count) {
    return new CalibrationVideo(video, CalibrationRange.of(range, count))
        .read(Placement::asItIs).stream()
            .map(picture -> Math.round((picture.rgb()[3 * 1000] & 0xff) / 5f))
            .toList();
  }

  @Test
  void spreadsFramesEvenlyOverTheVideo() {
    assertThat(frames(null, 4)).containsExactly(1, 11, 21, 31);
    assertThat(frames(null, 100)).hasSize(40);
  }

  @Test
  void takesTheRangeAndNothingElse() {
    assertThat(frames("11-20", 5)).containsExactly(11, 13, 15, 17, 19);
    assertThat(frames("38-900", 9)).containsExactly(38, 39, 40);
    assertThat(frames("7-7", 9)).containsExactly(7);
  }

  @Test
  void placesFramesOnTheCanvas() {
    CanvasPicture picture =
        new CalibrationVideo(video, new CalibrationRange(20, 20, 1))
            .read(size -> new Letterbox(size.width(), size.height(), 64, 96).placement())
            .get(0);
    assertThat(picture.rgb()).hasSize(3 * 64 * 96);
    assertThat(picture.fit().scaled()).isEqualTo(new Placement.Size(64, 48));
    assertThat(picture.rgb()[0] & 0xff).isBetween(98, 102);
    assertThat(picture.rgb()[3 * 64 * 95]).as("black below").isZero();
  }

  @Test
  void refusesRangesThatHoldNothing() {
    assertThatThrownBy(() -> frames("41-50", 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has no frame 41");
  }

  @Test
  void refusesWhatIsNoVideo() throws IOException {
    Path text = Files.writeString(folder.resolve("text.avi"), "no video");
    assertThatThrownBy(
            () -> new CalibrationVideo(text, new CalibrationRange(1, 9, 1)).read(Placement::asItIs))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is no video that can be read");
  }
}
