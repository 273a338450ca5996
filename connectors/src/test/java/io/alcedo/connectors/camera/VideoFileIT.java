package io.alcedo.connectors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoFileIT {
  @TempDir private Path directory;

  @Test
  void deliversEveryPictureWithItsTime() throws Exception {
    Path file = TestVideo.mp4(directory.resolve("a b:c.mp4"), 12, null);
    try (VideoSource source = VideoSources.file(file).open()) {
      assertThat(source.framesPerSecond()).isEqualTo(10);
      assertThat(source.startTime()).isEmpty();
      List<Long> times = times(source);
      assertThat(times).hasSize(12).startsWith(0L, 100_000L).endsWith(1_100_000L);
      assertThat(source.damage()).isEmpty();
    }
  }

  @Test
  void knowsWhenItWasRecorded() throws Exception {
    Path file = TestVideo.mp4(directory.resolve("dated.mp4"), 3, "2024-05-01T12:00:00Z");
    try (VideoSource source = VideoSources.file(file).open()) {
      assertThat(source.startTime()).contains(Instant.parse("2024-05-01T12:00:00Z"));
    }
  }

  @Test
  void doesNotBelieveACameraWithoutAClock() throws Exception {
    Path file = TestVideo.mp4(directory.resolve("1970.mp4"), 3, "1970-01-01T00:01:00Z");
    try (VideoSource source = VideoSources.file(file).open()) {
      assertThat(source.startTime()).isEqualTo(Optional.empty());
    }
  }

  @ParameterizedTest
  @CsvSource({"mp4", "avi", "matroska"})
  void deliversWhatIsLeftOfATruncatedFileAndSaysWhereItBrokeOff(String format) throws Exception {
    Path whole = directory.resolve("whole." + format);
    if (format.equals("mp4")) {
      TestVideo.mp4(whole, 40, null);
    } else {
      TestVideo.mjpeg(whole, format, 40);
    }
    Path half = TestVideo.cut(whole, directory.resolve("half." + format), 0.6);
    try (VideoSource source = VideoSources.file(half).open()) {
      int pictures = times(source).size();
      assertThat(pictures).isBetween(5, 35);
      assertThat(source.damage().orElseThrow())
          .startsWith(half + ": breaks off after " + pictures + " pictures, at ")
          .contains("of 4.0 s")
          .contains("copy it again");
    }
    try (VideoSource source = VideoSources.file(whole).open()) {
      assertThat(times(source)).hasSize(40);
      assertThat(source.damage()).isEmpty();
    }
  }

  @Test
  void countsTheTimeOfAStreamThatHasNone() throws Exception {
    Path file = TestVideo.mjpeg(directory.resolve("raw.mjpeg"), "mjpeg", 4);
    try (VideoSource source = VideoSources.file(file).open()) {
      assertThat(times(source)).containsExactly(0L, 40_000L, 80_000L, 120_000L);
    }
  }

  @Test
  void refusesWhatIsNoVideo() throws Exception {
    Path text =
        Files.writeString(directory.resolve("notes.mp4"), "nothing to see here\n".repeat(99));
    Path log =
        Files.writeString(directory.resolve("notes.txt"), "nothing to see here\n".repeat(99));
    Path empty = Files.createFile(directory.resolve("empty.mp4"));
    Path headless =
        TestVideo.cut(
            TestVideo.mp4(directory.resolve("a.mp4"), 5, null), directory.resolve("b.mp4"), 0.01);
    assertRefused(directory.resolve("missing.mp4"), "missing.mp4: does not exist");
    assertRefused(directory, "is a folder");
    assertRefused(empty, "empty.mp4: is empty");
    assertRefused(text, "notes.mp4: is no video that FFmpeg can read");
    assertRefused(log, "notes.txt: is text, not video");
    assertRefused(headless, "b.mp4: is no video that FFmpeg can read");
  }

  private static void assertRefused(Path file, String reason) {
    assertThatThrownBy(() -> VideoSources.file(file).open())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(reason)
        .hasMessageMatching(".*(Give|copy) .*");
  }

  private static List<Long> times(VideoSource source) {
    List<Long> times = new ArrayList<>();
    for (VideoSource.Picture p = source.next(); p != null; p = source.next()) {
      assertThat(p.pixels().cols()).isEqualTo(TestVideo.WIDTH);
      times.add(p.mediaMicros());
    }
    return times;
  }
}
