package io.alcedo.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.data.PictureFixture;
import io.alcedo.training.model.NetworkSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorTrainingTest {
  private static final String CONFIG =
      """
      name: tiny
      network:
        labels: [person]
        canvasWidth: 64
        canvasHeight: 64
        trunk: {depth: 18, width: 0.125, norm: batch, eps: 1e-5}
        pyramid: {channels: 8, normalized: false}
        anchors: {sizes: [8, 16, 32, 64, 128], ratios: [1.0, 2.0]}
        proposals: {convolutions: 1, perLevel: 20, kept: 12}
        boxes: {levelScale: 56, convolutions: 0, features: 16}
        masks: {convolutions: 1, channels: 8, normalized: false}
        scoreThreshold: 0.05
        detections: 10
      data:
        - simulated: {count: 4, width: 64, height: 64}
      validation:
        - name: others
          simulated: {seed: 2, count: 2, width: 64, height: 64}
      optimizer: {averageDecay: 0.998, maxGradientNorm: 10}
      schedule: {steps: 6, warmup: 1, validateEvery: 3}
      run: {batchSize: 2, threads: 1, checkpointEvery: 1ms}
      """;

  private static final String CLASSIFIER =
      """
      name: trunk
      network: {depth: 18, width: 0.125, side: 64}
      data: {folder: pictures.zip, heldOut: 8}
      schedule: {steps: 1}
      run: {threads: 1}
      """;

  @TempDir private Path directory;

  @Test
  void goesOnAfterAKillAsIfThereHadBeenNone() throws IOException {
    Path whole = directory.resolve("whole");
    DetectorTraining.run(true, config(CONFIG), whole, false, Console.silent());
    Path broken = directory.resolve("broken");
    assertThatThrownBy(
            () ->
                DetectorTraining.run(true, config(CONFIG), broken, false, Console.failingAt("5/6")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(broken.resolve("checkpoint.safetensors")).exists();
    DetectorTraining.run(true, config(CONFIG), broken, true, Console.silent());
    for (String file : List.of("model.onnx", "log.csv", "validation.csv")) {
      assertThat(broken.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
    assertThat(Files.readAllLines(whole.resolve("log.csv"))).hasSize(7);
    assertThat(Files.readAllLines(whole.resolve("validation.csv"))).hasSize(3);
    assertThat(whole.resolve("curve.png")).isNotEmptyFile();
    assertThat(whole.resolve("manifest.json")).content().contains("\"name\" : \"tiny\"");
  }

  @Test
  void beginsWithTheWeightsOfAnotherRunExceptWhereTold() throws IOException {
    Path first = directory.resolve("first");
    DetectorTraining.run(true, config(CONFIG), first, false, Console.silent());
    String start = "start: {weights: first/weights.safetensors, except: [roi_heads.mask]}\n";
    String still =
        CONFIG
            .replace("steps: 6", "steps: 1")
            .replace("optimizer: {", "optimizer: {rate: 0, ")
            .replace("data:", start + "data:");
    Path second = directory.resolve("second");
    DetectorTraining.run(true, config(still), second, false, Console.silent());

    var before = Safetensors.read(first.resolve("weights.safetensors")).tensors();
    var after = Safetensors.read(second.resolve("weights.safetensors")).tensors();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    String kept = "backbone.body.conv1.weight";
    String anew = "roi_heads.mask_head.0.0.weight";
    assertThat(before.get(kept).type()).isEqualTo("F16");
    assertThat(after.get(kept).floats()).isEqualTo(before.get(kept).floats());
    assertThat(after.get(anew).floats()).isNotEqualTo(before.get(anew).floats());
  }

  @Test
  void beginsAFasterRcnnWithAClassifiersTrunk() throws IOException {
    PictureFixture.zip(directory.resolve("pictures.zip"), 64, "blue", "red");
    Path classifier = directory.resolve("classifier");
    ClassifierTraining.run(config(CLASSIFIER), classifier, false, Console.silent());
    String faster =
        CONFIG
            .replaceAll("  masks: .*\n", "")
            .replace("steps: 6", "steps: 2")
            .replace(
                "data:",
                """
                start: {weights: classifier/weights.safetensors, prefix: backbone.body, except: [fc]}
                freeze: [backbone.body]
                data:""");
    Path detector = directory.resolve("detector");
    assertThatThrownBy(
            () -> DetectorTraining.run(true, config(faster), detector, false, Console.silent()))
        .hasMessageContaining("network.masks is missing. Give it, or train a faster-rcnn");
    DetectorTraining.run(false, config(faster), detector, false, Console.silent());

    var trunk = Safetensors.read(classifier.resolve("weights.safetensors")).tensors();
    var whole = Safetensors.read(detector.resolve("best.safetensors")).tensors();
    String name = "layer3.0.conv1.weight";
    assertThat(whole.get("backbone.body." + name).floats()).isEqualTo(trunk.get(name).floats());
    assertThat(whole.keySet()).noneMatch(key -> key.contains("mask"));
    assertThat(Files.readAllLines(detector.resolve("log.csv")).get(0)).endsWith("loss_box_reg");
    assertThat(detector.resolve("manifest.json")).content().contains("\"NONE\"");
    assertThat(CsvTable.read(detector.resolve("validation.csv")).number(0, "mask_ap50")).isNaN();
    assertThat(NetworkSpec.read(detector).detector().masks()).isNull();
  }

  @Test
  void namesTheKeyThatIsWrong() throws IOException {
    Path twice =
        config(
            CONFIG.replace("simulated: {count: 4", "coco: {folder: a}\n    simulated: {count: 4"));
    assertThatThrownBy(
            () ->
                DetectorTraining.run(
                    true, twice, directory.resolve("out"), false, Console.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("data[0].coco")
        .hasMessageContaining("expected annotations and folder");
    Path scenes = config(CONFIG.replace("{count: 4", "{scenes: moon, count: 4"));
    assertThatThrownBy(
            () ->
                DetectorTraining.run(
                    true, scenes, directory.resolve("out"), false, Console.silent()))
        .hasMessageContaining("data[0].simulated")
        .hasMessageContaining("scenes is 'moon', expected training or held-out");
  }

  private Path config(String text) throws IOException {
    return Files.writeString(directory.resolve("config.yaml"), text);
  }
}
