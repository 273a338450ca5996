package io.alcedo.operators.stream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyDetector;
import io.alcedo.operators.stream.inference.Outcome.Inferred;
import io.alcedo.operators.stream.inference.SharedEngines.Lease;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SharedEnginesTest {
  @TempDir Path directory;
  private Path model;

  @BeforeEach
  void writeModel() {
    model = TinyDetector.write(directory.resolve("tiny"));
  }

  @Test
  void aRealSessionDetectsInPixelsOfTheOriginal() throws Exception {
    try (Lease<Detections> lease = SharedEngines.detector(InferenceOptions.of(model.toString()))) {
      CameraRecord frame = Frames.frame(Frames.GATE, 7, Frames.BRIGHT);
      Outcome<Detections> outcome = lease.submit(frame).get(30, TimeUnit.SECONDS);
      DetectionLine line =
          new DetectionAssembler(lease.manifest()).line(frame, (Inferred<Detections>) outcome);

      DetectedObject person = line.objects().get(0);
      assertThat(person.id()).isEqualTo("gate/" + Frames.SESSION + "/7#0");
      assertThat(person.box()).isEqualTo(new Box(32, 24, 64, 48));
      assertThat(person.mask().area()).isBetween(64L * 48, 66L * 50);
      assertThat(line.model()).startsWith("tiny@");
      assertThat(line.width()).isEqualTo(128);
    }
    assertThat(SharedEngines.open()).isZero();
  }

  @Test
  void aNewAttemptMayOpenBeforeTheOldOneCloses() throws Exception {
    InferenceOptions options = InferenceOptions.of(model.toString());
    Lease<Detections> old = SharedEngines.detector(options);
    try (Lease<Detections> fresh = SharedEngines.detector(options)) {
      assertThat(SharedEngines.open()).isEqualTo(1);
      old.close();
      old.close();
      assertThat(SharedEngines.open()).isEqualTo(1);
      assertThat(fresh.submit(Frames.frame(Frames.GATE, 0, Frames.BRIGHT)).get())
          .isInstanceOf(Inferred.class);
    }
    assertThat(SharedEngines.open()).isZero();
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertRefused(directory.resolve("nowhere"), "there is no such file or directory");
    assertRefused(directory, "no manifest.json in");
    Files.delete(model.resolve("tiny.onnx"));
    assertRefused(model, "tiny.onnx: there is no such file, though the manifest names it");
  }

  @Test
  void refusesWeightsThatAreNotTheManifests() throws IOException {
    Files.writeString(model.resolve("tiny.onnx"), "damaged");
    assertRefused(model, "but the manifest says");
  }

  @Test
  void refusesWeightsThatAreNoModel() throws IOException {
    Files.writeString(model.resolve("tiny.onnx"), "damaged");
    change("/", "sha256", ModelDirectory.sha256(model.resolve("tiny.onnx")));
    assertRefused(model, "cannot open it on cpu");
  }

  @Test
  void listsWhatAGraphHasAndShouldHave() throws IOException {
    change("/outputs", "boxes", "rectangles");
    assertRefused(model, "boxes=FLOAT[-1,4]", "expected {rectangles=FLOAT[-1,4]");
  }

  @Test
  void refusesACanvasThatIsNotTheGraphs() throws IOException {
    change("/input", "canvasWidth", 640);
    assertRefused(model, "images=UINT8[-1,48,64,3]", "expected {images=UINT8[-1,48,640,3]");
  }

  @Test
  void listsAllFaultsOfAManifest() throws IOException {
    change("/input", "shortSide", 64);
    change("/input", "resize", "SHORT_SIDE");
    change("/input", "scale", 0.5);
    change("/outputs", "boxSpace", "ORIGINAL");
    change("/", "task", "EMBEDDING");
    assertRefused(
        model,
        "expected [] of an encoder",
        "outputs.embedding is null, expected a block of keys",
        "input.type is UINT8, expected FLOAT32 with a scale",
        "input.longSide is null, expected 1 to 4096 px",
        "input.sizesName is sizes, expected none unless LETTERBOX");
  }

  @Test
  void aForcedDeviceThatIsAbsentListsWhatThereIs() {
    InferenceOptions options =
        InferenceOptions.of(
            model.toString(),
            new EngineOptions(Device.parse("cuda:1"), 1, true),
            BatchOptions.DEFAULT);
    assertThatThrownBy(() -> SharedEngines.detector(options))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("device cuda:1: this ONNX Runtime has only [CPU");
    assertThatThrownBy(() -> Device.parse("gpu"))
        .hasMessageContaining("expected auto, cpu, cuda:N or tensorrt:N");
  }

  /** ONNX Runtime 1.29 dies without a word where the command line is over 3.9 kB. */
  @Test
  void opensInAJvmWithALongCommandLine() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Dfiller=" + "x".repeat(16_000),
                "-cp",
                System.getProperty("java.class.path"),
                OpenOnce.class.getName(),
                model.toString())
            .redirectErrorStream(true)
            .redirectOutput(new File(directory.toFile(), "out.txt"))
            .start();
    try {
      assertThat(process.waitFor(45, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(directory.resolve("out.txt"))).isZero();
  }

  /** Opens and closes an engine in a JVM of its own. */
  static final class OpenOnce {
    public static void main(String[] arguments) {
      SharedEngines.detector(InferenceOptions.of(arguments[0])).close();
    }
  }

  private void change(String block, String key, Object value) throws IOException {
    ObjectMapper json = new ObjectMapper();
    File file = model.resolve("manifest.json").toFile();
    ObjectNode root = (ObjectNode) json.readTree(file);
    ObjectNode target = block.equals("/") ? root : (ObjectNode) root.at(block);
    target.set(key, json.valueToTree(value));
    json.writeValue(file, root);
  }

  private static void assertRefused(Path path, String... parts) {
    assertThatThrownBy(() -> SharedEngines.detector(InferenceOptions.of(path.toString())).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts);
    assertThat(SharedEngines.open()).isZero();
  }
}
