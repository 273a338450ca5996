package io.alcedo.training.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.StateDict;
import io.alcedo.training.checkpoint.TensorFile;
import io.alcedo.training.golden.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitecturesTest {
  private static final long FC_PER_FEATURE = 1000;
  private static final int CLASSES = 91;

  /** Published parameter counts of the trunk and the 1000-class head. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 512, 11689512",
    "resnet34, 512, 21797672",
    "resnet50, 2048, 25557032",
    "resnet101, 2048, 44549160",
    "resnet152, 2048, 60192808"
  })
  void resnetsHaveThePublishedNumberOfParameters(String name, long features, long published) {
    long head = FC_PER_FEATURE * (features + 1);
    assertThat(count(Architectures.named(name), 0, true) + head).isEqualTo(published);
  }

  /** The first generation was trained with frozen norms, which the published counts leave out. */
  @ParameterizedTest
  @CsvSource({
    "fasterrcnn_resnet50_fpn, false, 41755286",
    "maskrcnn_resnet50_fpn, false, 44401393",
    "fasterrcnn_resnet50_fpn_v2, true, 43712278",
    "maskrcnn_resnet50_fpn_v2, true, 46359409"
  })
  void detectorsHaveThePublishedNumberOfParameters(String name, boolean norms, long published) {
    assertThat(count(Architectures.named(name), CLASSES, norms)).isEqualTo(published);
  }

  @ParameterizedTest
  @CsvSource({"20, 269722", "56, 853018"})
  void cifarResnetsHaveThePublishedNumberOfParameters(int depth, long published) {
    Architecture architecture = Architectures.named("cifar_resnet" + depth);
    assertThat(count(architecture, 10, true) + 650).isEqualTo(published);
  }

  private static long count(Architecture architecture, int classes, boolean norms) {
    long sum = 0;
    for (Map.Entry<String, long[]> parameter : architecture.parameters().entrySet()) {
      String name = parameter.getKey();
      boolean norm = name.matches(".*(\\.|^)(bn\\d|downsample\\.1)\\.(weight|bias)");
      if (name.contains("running_") || (norm && !norms)) {
        continue;
      }
      long count = 1;
      for (long side : parameter.getValue()) {
        count *= side < 0 ? (long) classes * (name.contains("bbox_pred") ? 4 : 1) : side;
      }
      sum += count;
    }
    return sum;
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
      assertThat(Architectures.difference(state, Architectures.named("resnet18")).missing())
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
