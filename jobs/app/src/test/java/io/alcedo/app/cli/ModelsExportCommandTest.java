package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.operators.stream.inference.ModelDirectory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsExportCommandTest {
  private static final String BUNDLED = "cifar10-resnet20";

  @TempDir private Path folder;

  private static CommandLineRun export(String model, String... options) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("models", "export", model), Stream.of(options))
            .toArray(String[]::new));
  }

  private void writePictures(int count) throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < count; i++) {
      BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 32 * 32; pixel++) {
        picture.setRGB(pixel % 32, pixel / 32, random.nextInt(1 << 24));
      }
      ImageIO.write(picture, "png", folder.resolve(i + ".png").toFile());
    }
  }

  @Test
  void writesABundledModelInIntegersThatVerifies() throws IOException {
    writePictures(5);
    Path output = folder.resolve("int8");
    CommandLineRun run =
        export(
            BUNDLED,
            "--precision=int8",
            "--calibrate=" + folder,
            "--frames=2-9",
            "--count=3",
            "--output=" + output);
    assertThat(run.error()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("calibration: 3 of the pictures 2 to 9", BUNDLED + "-int8: written to " + output);
    assertThat(ModelDirectory.open(output).manifest().provenance())
        .containsEntry("precision", "int8, weights of 7 bits")
        .containsEntry("length", "30 epochs")
        .containsKeys("int8Layers", "int8Loss");
    assertThat(CommandLineRun.of("models", "verify", output.toString()).error()).isEmpty();
  }

  @Test
  void halvesAModelInFloat16() {
    long single = bytes("fp32");
    assertThat(bytes("fp16")).isBetween(single * 45 / 100, single * 60 / 100);
  }

  private long bytes(String precision) {
    Path output = folder.resolve(precision);
    CommandLineRun run = export(BUNDLED, "--precision=" + precision, "--output=" + output);
    assertThat(run.error()).isEmpty();
    return output.resolve("model.onnx").toFile().length();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--precision=int4; is 'int4', expected fp32, fp16 or int8",
        "--precision=int8; needs --calibrate",
        "--precision=int8 --calibrate=none.avi; none.avi: there is no such file",
        "--precision=int8 --calibrate=none.avi --frames=9; frames are '9', expected FIRST-LAST",
        "--precision=fp32 --count=9; are for --precision int8, not fp32",
        "--precision=fp32; has no network.json"
      })
  void refusesInOneLineWhatCannotBe(String options, String message) {
    CommandLineRun run = export(folder.toString(), options.split(" "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.error().lines()).hasSize(1);
    assertThat(run.error()).contains(message);
  }

  @Test
  void refusesToOverwriteTheModelAndNamesThatAreNone() {
    assertThat(export("nowhere", "--precision=fp32").error()).contains("no model of that name");
    CommandLineRun onto =
        export(
            BUNDLED,
            "--precision=fp32",
            "--output=" + System.getProperty("alcedo.root") + "/model-training/models/" + BUNDLED);
    assertThat(onto.code()).isEqualTo(2);
    assertThat(onto.error()).contains("is the model itself");
  }
}
