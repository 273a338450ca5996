package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.operators.stream.fixture.ForeignDetectors;
import io.alcedo.operators.stream.fixture.TinyClassifier;
import io.alcedo.operators.stream.inference.ModelDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelsAdoptCommandTest {
  @TempDir private Path folder;

  private record Ran(int code, String out, String err) {}

  private Ran adopt(Path file, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Alcedo.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 5];
    all[0] = "models";
    all[1] = "adopt";
    all[2] = file.toString();
    all[3] = "--output";
    all[4] = folder.resolve("models").toString();
    System.arraycopy(arguments, 0, all, 5, arguments.length);
    int code = line.execute(all);
    return new Ran(code, out.toString(), err.toString());
  }

  @Test
  void writesAModelThatCanBeServedAndSaysHow() {
    Path file = ForeignDetectors.writeTorchvision(folder.resolve("My Net.ONNX"), -1, -1);

    Ran ran = adopt(file, "--preset", "torchvision-detection", "--licence", "MIT");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    Path directory = folder.resolve("models/my-net");
    assertThat(ran.out()).contains("90 classes", "./alcedo run --model " + directory);
    ModelManifest manifest = ModelDirectory.open(directory).manifest();
    assertThat(manifest.licence()).isEqualTo("MIT");
    assertThat(manifest.file()).isEqualTo("My Net.ONNX");
    assertThat(manifest.provenance()).containsEntry("preset", "torchvision-detection");
  }

  @Test
  void doesNotOverwriteAModel() {
    Path file = TinyClassifier.writeForeign(folder.resolve("net.onnx"), false);
    assertThat(adopt(file, "--preset", "classifier", "--name", "mine").code()).isZero();

    Ran again = adopt(file, "--preset", "classifier", "--name", "mine");

    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("is there already");
  }

  @Test
  void aMistakeGetsOneLine() {
    Path file = TinyClassifier.writeForeign(folder.resolve("net.onnx"), false);

    Ran misfit = adopt(file, "--preset", "model-zoo-detection");
    assertThat(misfit.code()).isEqualTo(2);
    assertThat(misfit.err().lines()).hasSize(1);
    assertThat(misfit.err()).contains("is no model-zoo-detection", "{input=FLOAT[-1,3,32,32]}");
    Ran unknown = adopt(file, "--preset", "yolo");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err())
        .contains("--preset 'yolo' is unknown", "torchvision-detection, model-zoo-detection");
    assertThat(folder.resolve("models")).doesNotExist();
  }
}
