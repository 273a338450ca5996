package io.alcedo.training.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.StoredTensor;
import io.alcedo.training.checkpoint.TensorFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelImportTest {
  @TempDir private Path folder;

  private Path output() {
    return folder.resolve("models");
  }

  private static Path golden(String name) {
    try {
      return Path.of(ModelImportTest.class.getResource("/golden/checkpoints/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> everything() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> folder.relativize(file).toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip.pth", "legacy.pth", "tiny.safetensors"})
  void writesWeightsAndFacts(String name) throws IOException {
    ImportFacts facts = new ModelImport(output()).run(golden(name), "tiny", null, "ours", null);
    assertThat(everything())
        .containsExactly(
            "",
            "models",
            "models/tiny",
            "models/tiny/import.json",
            "models/tiny/weights.safetensors");
    assertThat(ImportFacts.read(output().resolve("tiny"))).isEqualTo(facts);
    assertThat(facts.sha256()).isEqualTo(Digest.SHA_256.of(golden(name)));
    assertThat(facts.architecture()).isNull();
    assertThat(facts.licence()).isEqualTo("ours");
    try (TensorFile written =
            TensorFile.open(output().resolve("tiny").resolve(ModelImport.WEIGHTS));
        TensorFile expected = TensorFile.open(golden("expected.safetensors"))) {
      assertThat(written.tensors()).hasSize(facts.tensors());
      assertThat(facts.tensors() + facts.dropped().size()).isEqualTo(expected.tensors().size());
      written
          .tensors()
          .forEach(
              (key, tensor) -> {
                StoredTensor truth = expected.tensors().get(key);
                assertThat(tensor.type()).as(key).isEqualTo(truth.type());
                assertThat(tensor.read()).as(key).isEqualTo(truth.read());
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil_in_state_dict.pth", "bad_hole.safetensors", "short.safetensors"})
  void leavesNothingBehindWhenAFileIsRefused(String name) throws IOException {
    assertThatThrownBy(() -> new ModelImport(output()).run(golden(name), "bad", null, null, null))
        .isInstanceOf(InvalidInputException.class);
    assertThat(everything()).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "a/b", "", ".", "..", "/tmp/x", "Big", "a b", "a\nb"})
  void refusesNamesThatAreNone(String name) throws IOException {
    assertThatThrownBy(
            () -> new ModelImport(output()).run(golden("zip.pth"), name, null, null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not allowed");
    assertThat(everything()).containsExactly("");
  }

  @Test
  void neverReplacesAModel() throws IOException {
    Files.createDirectories(output().resolve("tiny"));
    Files.writeString(output().resolve("tiny").resolve("mine"), "keep");
    assertThatThrownBy(
            () -> new ModelImport(output()).run(golden("zip.pth"), "tiny", null, null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is there already");
    assertThat(everything()).containsExactly("", "models", "models/tiny", "models/tiny/mine");
  }

  @Test
  void saysHowAFileDiffersFromWhatItMustBe() throws IOException {
    Architecture resnet = Architectures.named("resnet18");
    assertThatThrownBy(
            () -> new ModelImport(output()).run(golden("zip.pth"), "tiny", resnet, null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is no resnet18")
        .hasMessageContaining("unexpected (extra.base")
        .hasMessageContaining("bn1.bias [4] instead of [64]");
    assertThat(everything()).containsExactly("");
  }

  @ParameterizedTest
  @CsvSource({
    "resnet50-0676ba61.pth, resnet50-0676ba61",
    "/some/MoCo v2 (800).pth.tar, moco-v2-800-",
    "..pth, model",
    "x.safetensors, x"
  })
  void makesANameOfAFile(String file, String expected) {
    assertThat(ModelImport.nameOf(Path.of(file))).isEqualTo(expected);
  }
}
