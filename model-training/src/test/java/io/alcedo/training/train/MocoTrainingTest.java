package io.alcedo.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.data.PictureFixture;
import io.alcedo.training.model.NetworkSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MocoTrainingTest {
  private static final String CONFIG =
      """
      name: any-two
      network:
        {family: cifar, depth: 8, norm: split, splits: 2, canvasWidth: 16, canvasHeight: 16,
         head: {dim: 16}, embedding: head}
      contrast: {queue: 32, momentum: 0.9, temperature: 0.1}
      data: {folder: pictures.zip, heldOut: 8}
      optimizer: {rate: 0.05}
      schedule: {epochs: 4, warmup: 0.5}
      run: {batchSize: 8, threads: 1, checkpointEvery: 1ms}
      """;

  private static final String WITHOUT_QUEUE =
      CONFIG
              .replace(
                  "queue: 32, momentum: 0.9", "queue: 0, momentumSchedule: cosine, predictor: 16")
              .replace("head: {dim: 16}", "head: {kind: projector, dim: 16, hidden: 16}")
              .replace("rate: 0.05", "rate: 0.3, decayed: weights, trust: 0.001")
          + "zeroResiduals: true\naugmentation: {recipe: moco-v3}\n";

  @TempDir private Path directory;

  @BeforeEach
  void makePictures() throws IOException {
    PictureFixture.zip(directory.resolve("pictures.zip"), 16, "blue", "red");
  }

  private Path config(String text) throws IOException {
    return Files.writeString(directory.resolve("config.yaml"), text);
  }

  @Test
  void trainsAndExportsAnEncoder() throws IOException {
    Path output = directory.resolve("out");
    MocoTraining.run(config(CONFIG), output, false, Console.silent());

    CsvTable log = CsvTable.read(output.resolve("log.csv"));
    assertThat(log.size()).isEqualTo(12);
    assertThat(log.number(11, "accuracy")).isBetween(0.0, 1.0);
    assertThat(log.number(11, "spread")).isBetween(0.01, 1.5);
    CsvTable validation = CsvTable.read(output.resolve("validation.csv"));
    assertThat(validation.size()).isEqualTo(5);
    assertThat(validation.text(0, "step")).isEqualTo("-1");
    assertThat(validation.number(4, "knn_embedding")).isBetween(0.5, 1.0);
    assertThat(output.resolve("curve.png")).isNotEmptyFile();
    ModelManifest manifest = YamlReader.read(output.resolve("manifest.json"), ModelManifest.class);
    assertThat(manifest.outputs().embedding().dimensions()).isEqualTo(16);
    NetworkSpec network = NetworkSpec.read(output);
    assertThat(network.encoder().embedding()).hasToString("head");
    network.load(output.resolve("weights.safetensors")).close();
  }

  @Test
  void learnsFromTracksAndIsJudgedByFindingPeopleAgain() throws IOException {
    for (String set : List.of("learned", "held-out")) {
      for (int i = 0; i < 8; i++) {
        String name = "gate@%d.00.jpg".formatted(3 * i);
        PictureFixture.crop(directory.resolve(set), set + "-anna", name, "red");
        PictureFixture.crop(directory.resolve(set), set + "-ben", name, "blue");
      }
    }
    String text =
        CONFIG.replace(
                "{folder: pictures.zip, heldOut: 8}", "{folder: learned, validation: held-out}")
            + "folders: tracks\npositives: track\n";
    Path output = directory.resolve("out");
    MocoTraining.run(config(text), output, false, Console.silent());

    CsvTable validation = CsvTable.read(output.resolve("validation.csv"));
    int last = validation.size() - 1;
    assertThat(validation.text(last, "source")).isEqualTo("gate");
    assertThat(validation.number(last, "recall")).isEqualTo(1);
    assertThat(validation.number(last, "map")).isBetween(0.9, 1.0);
  }

  @Test
  void goesOnAfterAKillAsIfThereHadBeenNone() throws IOException {
    for (String text : List.of(CONFIG, WITHOUT_QUEUE)) {
      Path config = config(text);
      Path whole = directory.resolve("whole-" + text.length());
      MocoTraining.run(config, whole, false, Console.silent());
      Path broken = directory.resolve("broken-" + text.length());
      assertThatThrownBy(() -> MocoTraining.run(config, broken, false, Console.failingAt("8/12")))
          .hasMessageContaining("killed");
      MocoTraining.run(config, broken, true, Console.silent());
      for (String file : List.of("model.onnx", "log.csv", "validation.csv")) {
        assertThat(broken.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
      }
    }
  }

  @Test
  void stopsWhenALossIsNotFinite() throws IOException {
    Path config = config(CONFIG.replace("rate: 0.05", "rate: 1e3, weightDecay: 1.0"));
    assertThatThrownBy(() -> MocoTraining.run(config, directory, false, Console.silent()))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching("(?s)step \\d+: the gradient is not finite; losses \\{loss=.*");
  }

  @Test
  void beginsBlocksAsIdentityIfToldTo() throws IOException {
    Path output = directory.resolve("out");
    String still = WITHOUT_QUEUE.replace("rate: 0.3", "rate: 0.0");
    MocoTraining.run(config(still), output, false, Console.silent());
    var weights = Safetensors.read(output.resolve("best.safetensors")).tensors();
    assertThat(weights.get("layer1.0.bn2.weight").floats()).containsOnly(0);
    assertThat(weights.get("layer1.0.bn1.weight").floats()).containsOnly(1);
  }

  @Test
  void comparesItsSpeedWithABareLoop() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    MocoTraining.bench(
        config(CONFIG),
        directory,
        new TrainingBenchmark(3, 2),
        new PrintStream(text, true, StandardCharsets.UTF_8));
    assertThat(text.toString(StandardCharsets.UTF_8))
        .containsPattern("median: bare loop [0-9.]+ img/s, training [0-9.]+ img/s, ratio [0-9.]+");
  }

  @Test
  void saysWhatIsWrongWithAConfiguration() {
    assertRefused("depth: 8", "depth: 9", "network.depth is 9, expected 6n + 2");
    assertRefused("splits: 2", "splits: 3", "run.batchSize is 8, expected a multiple");
    assertRefused("queue: 32", "queue: 7", "contrast.queue is 7, expected 0 or at least the 8");
    assertRefused("queue: 32", "queue: 32, temperatur: 1", "temperatur");
    assertRefused("temperature: 0.1", "temperature: 0", "contrast.temperature is 0.0");
    assertRefused("{dim: 16}", "{kind: none}", "network.embedding is head, expected features");
    assertRefused("{rate: 0.05}", "{trust: 0.1}", "optimizer.decayed is all, expected weights");
    assertRefused(
        "heldOut: 8}", "heldOut: 8}\npositives: track", "positives is track, expected views");
    assertRefused("heldOut: 8", "heldOut: 30", "2 pictures to learn fill no batch of 8");
  }

  private void assertRefused(String text, String by, String message) {
    assertThatThrownBy(
            () ->
                MocoTraining.run(
                    config(CONFIG.replace(text, by)), directory, false, Console.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }
}
