package io.alcedo.training.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.StateDict;
import io.alcedo.training.checkpoint.TensorFile;
import io.alcedo.training.golden.Golden;
import io.alcedo.training.model.NetworkSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitecturesTest {
  /** Published parameter counts, with the head for ImageNet, COCO or CIFAR-10. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 1000, 11689512",
    "resnet34, 1000, 21797672",
    "resnet50, 1000, 25557032",
    "resnet101, 1000, 44549160",
    "resnet152, 1000, 60192808",
    "cifar_resnet20, 10, 269722",
    "cifar_resnet56, 10, 853018",
    // The first generation was trained with frozen norms, which the published counts leave out.
    "fasterrcnn_resnet50_fpn, 91, 41755286",
    "maskrcnn_resnet50_fpn, 91, 44401393",
    "fasterrcnn_resnet50_fpn_v2, 91, 43712278",
    "maskrcnn_resnet50_fpn_v2, 91, 46359409"
  })
  void networksHaveThePublishedNumberOfParameters(String name, int classes, long published) {
    NetworkSpec network = Architectures.named(name).network().apply(classes);
    assertThat(network.cost().parameters()).isEqualTo(published);
  }

  @Test
  void namesTheClassesOfCoco() {
    NetworkSpec network = Architectures.named("maskrcnn_resnet50_fpn").network().apply(91);
    assertThat(network.detector().labels())
        .hasSize(90)
        .startsWith("person")
        .endsWith("hair drier", "toothbrush");
    assertThat(network.detector().labels().get(12 - 1)).isEqualTo("N/A");
    assertThat(network.detector().labels().get(84 - 1)).isEqualTo("book");
    NetworkSpec other = Architectures.named("maskrcnn_resnet50_fpn").network().apply(3);
    assertThat(other.detector().labels()).containsExactly("class-1", "class-2");
  }

  @ParameterizedTest
  @CsvSource({"resnet20-12fca82f.th, cifar_resnet20", "resnet56-4bfd9763.th, cifar_resnet56"})
  void recognizesPublishedFiles(String file, String expected) {
    Path path = Golden.folder().resolve("data").resolve("cifar-resnets").resolve(file);
    Assumptions.assumeTrue(
        Files.exists(path), () -> "skipped: no " + file + " (-Dalcedo.shared=FOLDER)");
    try (TensorFile open = TensorFile.open(path)) {
      StateDict state = StateDict.clean(open.tensors());
      assertThat(Architectures.of(state)).map(Architecture::name).contains(expected);
      assertThat(Architectures.named("resnet18").difference(state).missing())
          .contains("layer4.1.bn2.running_var");
    }
  }

  @Test
  void everyPublishedCheckpointIsOfAKnownArchitecture() {
    assertThat(PublishedCheckpoints.all().values())
        .isNotEmpty()
        .allSatisfy(
            checkpoint -> {
              assertThat(Architectures.named(checkpoint.architecture())).isNotNull();
              assertThat(checkpoint.home().getScheme()).isEqualTo("https");
              assertThat(checkpoint.licence()).isNotBlank();
              assertThat(checkpoint.checksum()).matches("[0-9a-f]{8}|");
            });
    PublishedCheckpoint mask = PublishedCheckpoints.named("maskrcnn_resnet50_fpn");
    assertThat(mask.home())
        .hasToString("https://download.pytorch.org/models/maskrcnn_resnet50_fpn_coco-bf2d0c1e.pth");
    assertThat(PublishedCheckpoints.named("resnet50_v2").architecture()).isEqualTo("resnet50");
  }

  /** torchvision sets eps to 0 as it loads these two files, and only these. */
  @Test
  void publishedFirstGenerationHasNormsOfZeroEps() {
    assertThat(PublishedCheckpoints.hasFrozenNormsOfZeroEps("bf2d0c1e00")).isTrue();
    assertThat(PublishedCheckpoints.hasFrozenNormsOfZeroEps("258fb6c600")).isTrue();
    assertThat(PublishedCheckpoints.hasFrozenNormsOfZeroEps("73cbd01900")).isFalse();
    NetworkSpec network = Architectures.named("maskrcnn_resnet50_fpn").network().apply(91);
    assertThat(network.detector().trunk().eps()).isEqualTo(1e-5);
    assertThat(network.withTrunkEps(0).detector().trunk().eps()).isZero();
  }

  @Test
  void namesWhatIsKnown() {
    assertThatThrownBy(() -> Architectures.named("vit"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("maskrcnn_resnet50_fpn");
    assertThatThrownBy(() -> PublishedCheckpoints.named("vit"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("moco_v2_800ep");
  }
}
