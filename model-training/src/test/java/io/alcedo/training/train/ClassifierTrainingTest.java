package io.alcedo.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.data.PictureFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTrainingTest {
  private static final String CONFIG =
      """
      name: red-or-blue
      network: {family: cifar, depth: 8, side: 16}
      data: {folder: pictures.zip, heldOut: 8}
      optimizer: {rate: 0.05}
      schedule: {epochs: 4, warmup: 0.5}
      run: {batchSize: 8, threads: 1, checkpointEvery: 1ms}
      """;

  @TempDir private Path directory;

  @BeforeEach
  void makePictures() throws IOException {
    PictureFixture.zip(directory.resolve("pictures.zip"), 16, "blue", "red");
  }

  @Test
  void learnsWhatIsEasy() throws IOException {
    Path output = directory.resolve("out");
    ClassifierTraining.run(config(CONFIG), output, false, Console.silent());

    CsvTable log = CsvTable.read(output.resolve("log.csv"));
    assertThat(log.size()).isEqualTo(12); // 32 pictures less 8 are three batches, four times
    assertThat(log.number(11, "epoch")).isEqualTo(4);
    CsvTable validation = CsvTable.read(output.resolve("validation.csv"));
    assertThat(validation.size()).isEqualTo(4);
    assertThat(validation.number(3, "top1")).isEqualTo(1);
    assertThat(output.resolve("curve.png")).isNotEmptyFile();
    assertThat(output.resolve("checkpoint.safetensors")).doesNotExist();
    ModelManifest manifest =
        new ObjectMapper().readValue(output.resolve("manifest.json").toFile(), ModelManifest.class);
    assertThat(manifest.task()).isEqualTo(ModelManifest.Task.CLASSIFICATION);
    assertThat(manifest.labels()).containsExactly("blue", "red");
  }

  @Test
  void goesOnAfterAKillAsIfThereHadBeenNone() throws IOException {
    for (String optimizer :
        List.of("rate: 0.05", "rate: 0.05, averageDecay: 0.9, decayed: weights")) {
      Path config = config(CONFIG.replace("rate: 0.05", optimizer));
      Path whole = directory.resolve("whole-" + optimizer.length());
      ClassifierTraining.run(config, whole, false, Console.silent());
      Path broken = directory.resolve("broken-" + optimizer.length());
      assertThatThrownBy(
              () -> ClassifierTraining.run(config, broken, false, Console.failingAt("8/12")))
          .hasMessageContaining("killed");
      assertThat(broken.resolve("checkpoint.safetensors")).exists();
      ClassifierTraining.run(config, broken, true, Console.silent());
      for (String file : List.of("model.onnx", "log.csv", "validation.csv")) {
        assertThat(broken.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
      }
    }
  }

  @Test
  void stopsWhenALossIsNotFinite() throws IOException {
    Path config =
        config(CONFIG.replace("rate: 0.05", "rate: 1000").replace("warmup: 0.5", "warmup: 0"));
    String plain = Files.readString(config).replace("cifar, depth: 8", "rectifier, depth: 9");
    assertThatThrownBy(
            () -> ClassifierTraining.run(config(plain), directory, false, Console.silent()))
        .isInstanceOf(TrainingException.class)
        .hasMessageMatching("step \\d+: the gradient is not finite; losses \\{loss=.*");
  }

  @Test
  void leavesFrozenParametersAsTheyBegan() throws IOException {
    Path first = directory.resolve("first");
    ClassifierTraining.run(config(CONFIG), first, false, Console.silent());
    String further =
        CONFIG + "start: {weights: first/weights.safetensors}\nfreeze: [conv1, layer1]\n";
    Path second = directory.resolve("second");
    ClassifierTraining.run(config(further), second, false, Console.silent());

    var before = Safetensors.read(first.resolve("weights.safetensors")).tensors();
    var after = Safetensors.read(second.resolve("best.safetensors")).tensors();
    for (String frozen : List.of("conv1.weight", "layer1.0.conv2.weight", "layer1.0.bn1.bias")) {
      assertThat(after.get(frozen).floats()).isEqualTo(before.get(frozen).floats());
    }
    for (String trained : List.of("bn1.weight", "layer2.0.conv1.weight", "linear.bias")) {
      assertThat(after.get(trained).floats()).isNotEqualTo(before.get(trained).floats());
    }
  }

  @Test
  void saysWhichWeightsToBeginWithDoNotFit() throws IOException {
    Path first = directory.resolve("first");
    ClassifierTraining.run(config(CONFIG), first, false, Console.silent());
    String start = CONFIG + "start: {weights: first/weights.safetensors}\n";
    assertStart(start.replace("depth: 8", "depth: 14"), "lacks 'layer1.1.bn1.bias'");
    assertStart(start.replace("cifar, ", "cifar, norm: group, "), "has 'bn1.running_mean'");
    assertStart(start.replace("side: 16", "side: 16, labels: [blue, red, green]"), "another shape");
    assertStart(
        CONFIG + "freeze: [bn9]\n", "freeze names 'bn9', with which no trainable parameter begins");
    String headless = start.replace("tensors}", "tensors, except: [linear]}");
    ClassifierTraining.run(config(headless), directory.resolve("out"), false, Console.silent());
  }

  private void assertStart(String text, String message) {
    assertThatThrownBy(
            () ->
                ClassifierTraining.run(
                    config(text), directory.resolve("out"), false, Console.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void comparesItsSpeedWithABareLoop() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ClassifierTraining.bench(
        config(CONFIG),
        directory,
        new TrainingBenchmark(3, 2),
        new PrintStream(text, true, StandardCharsets.UTF_8));
    assertThat(text.toString(StandardCharsets.UTF_8))
        .containsPattern("median: bare loop [0-9.]+ img/s, training [0-9.]+ img/s, ratio [0-9.]+");
    assertThat(CsvTable.read(directory.resolve("log.csv")).size()).isEqualTo(6);
  }

  @Test
  void drawsTheErrorsOfSeveralRuns() throws IOException {
    Path output = directory.resolve("out");
    ClassifierTraining.run(config(CONFIG), output, false, Console.silent());
    Map<String, Path> runs = new LinkedHashMap<>();
    runs.put("one", output);
    runs.put("the same", output);
    RunComparison.write(runs, directory.resolve("curves.png"));
    assertThat(directory.resolve("curves.png")).isNotEmptyFile();
    runs.put("none", directory.resolve("nowhere"));
    assertThatThrownBy(() -> RunComparison.write(runs, directory.resolve("curves.png")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Give the output folder of a training");
  }

  @Test
  void saysWhatIsWrongWithAConfiguration() {
    assertRefused("depth: 8", "depth: 9", "network.depth is 9, expected 6n + 2");
    assertRefused("heldOut: 8", "heldOut: 30", "2 pictures to learn fill no batch of 8");
    assertRefused("epochs: 4", "epochs: 4, steps: 3", "schedule: expected either epochs or steps");
    assertRefused("side: 16", "side: 16, labels: [red, green]", "has folder 'blue'");
    assertRefused("epochs: 4", "epochs: 4, kind: multi-step", "schedule.milestones is []");
    assertRefused(", heldOut: 8", "", "data: expected either validation or heldOut");
    assertRefused("pictures.zip", "nothing.zip", "is no folder or zip of pictures");
  }

  private void assertRefused(String from, String to, String message) {
    assertThatThrownBy(
            () ->
                ClassifierTraining.run(
                    config(CONFIG.replace(from, to)), directory, false, Console.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  private Path config(String text) throws IOException {
    return Files.writeString(directory.resolve("config.yaml"), text);
  }
}
