package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.training.train.MocoTraining;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An encoder from its training to what the commands say of it. */
class EncoderCommandsTest {
  private static final String CONFIG =
      """
      name: colours
      network: {family: cifar, depth: 8, norm: group, canvasWidth: 16, canvasHeight: 16, head: {dim: 8}}
      contrast: {queue: 16, momentum: 0.9, temperature: 0.1}
      data: {folder: pictures, heldOut: 4}
      schedule: {steps: 3}
      run: {batchSize: 8, threads: 1}
      """;

  @TempDir private Path folder;

  private void pictures(String name) throws IOException {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (String color : new String[] {"red", "blue"}) {
      Path of = Files.createDirectories(folder.resolve(name).resolve(color));
      for (int i = 0; i < 10; i++) {
        BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < 256; p++) {
          int bright = 150 + random.nextInt(100);
          picture.setRGB(p % 16, p / 16, color.equals("red") ? bright << 16 : bright);
        }
        ImageIO.write(picture, "png", of.resolve(i + ".png").toFile());
      }
    }
  }

  @Test
  void measureAndTryAnEncoder() throws IOException {
    pictures("pictures");
    pictures("others");
    Path config = Files.writeString(folder.resolve("moco.yaml"), CONFIG);
    Path model = folder.resolve("colours");
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    MocoTraining.run(config, model, false, silent);

    CommandLineRun eval =
        CommandLineRun.of(
            "eval",
            "encoder",
            "--model",
            model.toString(),
            "--bank",
            folder.resolve("pictures").toString(),
            "--data",
            folder.resolve("others").toString());
    assertThat(eval.error()).isEmpty();
    assertThat(eval.code()).isZero();
    assertThat(eval.out())
        .contains("bank 20, asked 20 pictures of 2 classes")
        .containsPattern("features +64 numbers: .* linear probe's top-1 1\\.0000  \\(the embedding")
        .containsPattern("head +8 numbers: nearest neighbours' top-1 [01]\\.\\d{4} ");

    CommandLineRun shown = CommandLineRun.of("models", "show", model.toString());
    assertThat(shown.out()).contains("64 numbers, of its features", "head mlp");
    CommandLineRun tried = CommandLineRun.of("models", "verify", model.toString());
    assertThat(tried.error()).isEmpty();
    assertThat(tried.out()).contains("gives vectors of 64", "vectors of length 1");
  }

  @Test
  void saysWhatIsWrongWithAManifestOfAnEncoder() throws IOException {
    pictures("pictures");
    Path config = Files.writeString(folder.resolve("moco.yaml"), CONFIG);
    Path model = folder.resolve("colours");
    MocoTraining.run(
        config,
        model,
        false,
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Path manifest = model.resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"dimensions\" : 64", "\"dimensions\" : 63"));
    assertThat(CommandLineRun.of("models", "verify", model.toString()).error())
        .contains("found {embedding=FLOAT[-1,64]}, expected {embedding=FLOAT[-1,63]}");
    Files.writeString(manifest, text.replace("\"dimensions\" : 64", "\"dimensions\" : 0"));
    assertThat(CommandLineRun.of("models", "verify", model.toString()).error())
        .contains("outputs.embedding.dimensions is 0, expected 1 to 4096");
  }
}
