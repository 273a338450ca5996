package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.alcedo.app.fixture.TinyGraph;
import io.alcedo.operators.stream.fixture.TinyDetector;
import io.alcedo.training.pretrained.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code models list}, {@code show} and {@code verify}. */
class ModelTrialTest {
  @TempDir private Path folder;

  @Test
  void passesADetectorAndAClassifier() {
    CommandLineRun detector = verify(TinyDetector.write(folder.resolve("tiny")));
    assertThat(detector.error()).isEmpty();
    assertThat(detector.code()).isZero();
    assertThat(detector.out().lines()).hasSize(5).allMatch(line -> line.startsWith("ok  "));
    assertThat(detector.out())
        .contains("SHA-256", "inputs and outputs", "in a batch of three", "no warning");

    CommandLineRun classifier =
        verify(TinyGraph.classifier(folder.resolve("c"), List.of("red", "green", "blue")));
    assertThat(classifier.error()).isEmpty();
    assertThat(classifier.out()).contains("each of 3 classes", "add up to 1", "no warning");
  }

  @Tag("full")
  @Test
  void namesTheFault() throws IOException {
    Path damaged = TinyDetector.write(folder.resolve("damaged"));
    Files.writeString(damaged.resolve("tiny.onnx"), "damaged");
    assertFault(verify(damaged), "SHA-256");

    Path other = TinyDetector.write(folder.resolve("other"));
    change(other, graph -> graph.getGraphBuilder().getOutputBuilder(0).setName("rectangles"));
    assertFault(verify(other), "rectangles");

    assertFault(
        verify(TinyGraph.classifier(folder.resolve("two"), List.of("red", "green"))),
        "found {y=FLOAT[-1,3]}, expected {y=FLOAT[-1,2]}");
    assertFault(CommandLineRun.of("models", "verify", "nowhere"), "no model of that name");
  }

  /** ONNX Runtime warns of an initializer that nothing reads, on the process's standard error. */
  @Tag("full")
  @Test
  void takesAWarningOfTheEngineForAFault() throws IOException {
    Path warned = TinyDetector.write(folder.resolve("warned"));
    change(
        warned,
        model ->
            model
                .getGraphBuilder()
                .addInitializer(
                    TensorProto.newBuilder()
                        .setName("left_over")
                        .setDataType(TensorProto.DataType.FLOAT_VALUE)
                        .addDims(1)
                        .addFloatData(1)));
    assertFault(verify(warned), "lines of warnings; the first:");
    assertFault(verify(warned), "left_over");
  }

  @Test
  void listsAndShows() {
    TinyGraph.classifier(folder.resolve("models/colours"), List.of("red", "green", "blue"));
    String models = folder.resolve("models").toString();
    CommandLineRun list = CommandLineRun.of("models", "list", "--output", models);
    assertThat(list.out()).contains("person-detector@", "colours@", "classification, 3 classes");
    CommandLineRun show = CommandLineRun.of("models", "show", "colours", "--output", models);
    assertThat(show.error()).isEmpty();
    assertThat(show.out())
        .contains("canvas 4 x 4, stretch", "3 classes: red, green, blue", "Apache-2.0");
    CommandLineRun bundled = CommandLineRun.of("models", "show");
    assertThat(bundled.out()).contains("1 class: person", "person-detector/README.md");
  }

  private static CommandLineRun verify(Path model) {
    return CommandLineRun.of("models", "verify", model.toString());
  }

  private static void assertFault(CommandLineRun run, String part) {
    assertThat(run.error()).contains(part);
    assertThat(run.error().lines()).hasSize(1);
    assertThat(run.code()).isEqualTo(2);
  }

  /** Changes the graph, and its digest in the manifest. */
  private static void change(Path model, Consumer<ModelProto.Builder> edit) throws IOException {
    Path file = model.resolve("tiny.onnx");
    Path manifest = model.resolve("manifest.json");
    String before = Digest.SHA_256.of(file);
    ModelProto.Builder graph = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    edit.accept(graph);
    Files.write(file, graph.build().toByteArray());
    String text = Files.readString(manifest).replace(before, Digest.SHA_256.of(file));
    Files.writeString(manifest, text);
  }
}
