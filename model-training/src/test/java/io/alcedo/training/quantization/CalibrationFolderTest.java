package io.alcedo.training.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Placement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationFolderTest {
  @TempDir private Path folder;

  /** A picture of 8x4 px, all of it of one colour. */
  private static byte[] png(int red, int green, int blue) {
    try (Scalar colour = new Scalar(blue, green, red, 0);
        Mat picture = new Mat(4, 8, CV_8UC3, colour);
        BytePointer bytes = new BytePointer()) {
      imencode(".png", picture, bytes);
      byte[] file = new byte[Math.toIntExact(bytes.limit())];
      bytes.get(file);
      return file;
    }
  }

  private static List<Integer> reds(Path path, String range, int count) {
    return CalibrationPictures.of(path, CalibrationRange.of(range, count))
        .read(Placement::asItIs)
        .stream()
        .map(picture -> picture.rgb()[0] & 0xff)
        .toList();
  }

  @Test
  void takesPicturesOfAllFoldersInTheOrderOfTheirNames() throws IOException {
    for (int i = 0; i < 6; i++) {
      Path below = Files.createDirectories(folder.resolve(i < 3 ? "cat" : "dog"));
      Files.write(below.resolve(i + ".png"), png(10 * i, 200, 100));
    }
    Files.writeString(folder.resolve("notes.txt"), "no picture");
    assertThat(reds(folder, null, 3)).containsExactly(0, 20, 40);
    assertThat(reds(folder, "4-9", 9)).containsExactly(30, 40, 50);
  }

  @Test
  void readsAZipAndKeepsTheOrderOfColours() throws IOException {
    Path zip = folder.resolve("Pictures.ZIP");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.putNextEntry(new ZipEntry("a/1.png"));
      out.write(png(255, 60, 5));
    }
    CanvasPicture picture =
        CalibrationPictures.of(zip, CalibrationRange.of(null, 9))
            .read(size -> Placement.stretched(size, new Placement.Size(2, 2)))
            .get(0);
    assertThat(picture.rgb()).hasSize(12).startsWith(255, 60, 5);
    assertThat(picture.fit().source()).isEqualTo(new Placement.Size(8, 4));
  }

  @Test
  void saysWhatIsCalibratedOn() {
    assertThat(
            new CalibrationFolder(folder.resolve("a.zip"), CalibrationRange.of("2-9", 5)).text(4))
        .isEqualTo("4 of the pictures 2 to 9 of a.zip");
  }

  @Test
  void refusesWhatHoldsNoPictures() throws IOException {
    assertThatThrownBy(() -> reds(folder, null, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has 0 pictures");
    assertThatThrownBy(() -> reds(folder.resolve("none"), null, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there is no such file");
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    assertThatThrownBy(() -> reds(folder, null, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(text.getFileName().toString());
  }
}
