package io.alcedo.training.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.checkpoint.StateDict;
import io.alcedo.training.checkpoint.TensorFile;
import io.alcedo.training.golden.Golden;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.moco.HeadConfig;
import io.alcedo.training.model.NetworkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints with the key sets of the published ones, and random weights. */
class PublishedEncodersTest {
  private static final Map<String, long[]> LINEAR =
      new TreeMap<>(Map.of("fc.weight", shape(128, -1), "fc.bias", shape(128)));
  private static final Map<String, long[]> MLP =
      new TreeMap<>(
          Map.of(
              "fc.0.weight", shape(-1, -1),
              "fc.0.bias", shape(-1),
              "fc.2.weight", shape(128, -1),
              "fc.2.bias", shape(128)));
  private static final Map<String, long[]> PROJECTOR =
      new TreeMap<>(
          Map.of(
              "fc.0.weight", shape(64, -1),
              "fc.1.weight", shape(64),
              "fc.1.bias", shape(64),
              "fc.1.running_mean", shape(64),
              "fc.1.running_var", shape(64),
              "fc.3.weight", shape(32, 64),
              "fc.4.running_mean", shape(32),
              "fc.4.running_var", shape(32)));

  @TempDir private Path folder;

  /** −1 is the size of the trunk's features. */
  private static long[] shape(long... sizes) {
    return sizes;
  }

  private static Map<String, long[]> head(HeadConfig.Kind kind) {
    return switch (kind) {
      case LINEAR -> LINEAR;
      case MLP -> MLP;
      case PROJECTOR -> PROJECTOR;
      case NONE -> Map.of();
    };
  }

  private Path checkpoint(String trunk, int channels, HeadConfig.Kind kind, String... prefixes)
      throws IOException {
    Map<String, long[]> shapes =
        new LinkedHashMap<>(Architectures.named(trunk).network().apply(2).cost().parameterShapes());
    shapes.keySet().removeIf(name -> name.startsWith("fc."));
    head(kind).forEach((name, shape) -> shapes.put(name, resolved(shape, channels)));
    Map<String, float[]> values = new LinkedHashMap<>();
    Map<String, long[]> named = new LinkedHashMap<>();
    for (String prefix : prefixes) {
      shapes.forEach(
          (name, shape) -> {
            named.put(prefix + name, shape);
            values.put(prefix + name, random(shape));
          });
    }
    named.put("module.queue", shape(128, 4));
    values.put("module.queue", new float[512]);
    Path file = folder.resolve(kind + ".safetensors");
    Safetensors.writeHalf(file, Map.of(), values, named);
    return file;
  }

  private static long[] resolved(long[] shape, int channels) {
    long[] sizes = shape.clone();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = sizes[i] < 0 ? channels : sizes[i];
    }
    return sizes;
  }

  private static float[] random(long[] shape) {
    int size = 1;
    for (long side : shape) {
      size *= Math.toIntExact(side);
    }
    SplittableRandom random = new SplittableRandom(size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 0.01f + 0.01f * (random.nextInt() >>> 8) * 0x1p-24f;
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"LINEAR, 128", "MLP, 128"})
  void knowsTheEncodersOfResNet50(HeadConfig.Kind kind, int dim) throws IOException {
    Path file = checkpoint("resnet50", 2048, kind, "module.encoder_q.");
    try (TensorFile open = TensorFile.open(file)) {
      StateDict state = StateDict.clean(open.tensors());
      Architecture architecture = Architectures.of(state).orElseThrow();
      assertThat(architecture.name()).isEqualTo("resnet50");
      EncoderConfig encoder = PublishedEncoders.of(architecture, state).orElseThrow().encoder();
      assertThat(encoder.head().kind()).isEqualTo(kind);
      assertThat(encoder.head().dim()).isEqualTo(dim);
      assertThat(encoder.dim()).isEqualTo(2048);
    }
  }

  @Test
  void importsEncodersOfTheThirdVersionWithTheirProjector() throws IOException {
    Path file =
        checkpoint(
            "resnet18",
            512,
            HeadConfig.Kind.PROJECTOR,
            "module.base_encoder.",
            "module.momentum_encoder.");
    ImportFacts facts = new ModelImport(folder).run(file, "third", null, null, null);
    assertThat(facts.prefix()).isEqualTo("module.base_encoder.");
    assertThat(facts.dropped()).contains("module.momentum_encoder.conv1.weight", "module.queue");
    ModelManifest manifest =
        YamlReader.read(folder.resolve("third/manifest.json"), ModelManifest.class);
    assertThat(manifest.outputs().embedding())
        .isEqualTo(new ModelManifest.Vector("embedding", 512, "features"));
    EncoderConfig encoder = NetworkSpec.read(folder.resolve("third")).encoder();
    assertThat(encoder.head()).isEqualTo(new HeadConfig(HeadConfig.Kind.PROJECTOR, 32, 64));
  }

  @Test
  void takesAnEncoderWithoutHead() throws IOException {
    Path file = checkpoint("resnet18", 512, HeadConfig.Kind.NONE, "encoder_q.");
    ImportFacts facts = new ModelImport(folder).run(file, "bare", null, null, null);
    assertThat(facts.architecture()).isEqualTo("resnet18");
    assertThat(NetworkSpec.read(folder.resolve("bare")).encoder().head().kind())
        .isEqualTo(HeadConfig.Kind.NONE);
  }

  /** Its stem has four channels, which no ResNet here has: the tensors are kept, but not served. */
  @Test
  void keepsTheWeightsOfAnUnknownTrunk() {
    Path file = Golden.folder().resolve("golden/checkpoints/moco_style.pth.tar");
    Assumptions.assumeTrue(Files.exists(file), "skipped: no moco_style (-Dalcedo.shared=FOLDER)");
    ImportFacts facts = new ModelImport(folder).run(file, "tiny", null, null, null);
    assertThat(facts.prefix()).isEqualTo("module.encoder_q.");
    assertThat(facts.architecture()).isNull();
    assertThat(folder.resolve("tiny/weights.safetensors")).isNotEmptyFile();
    assertThat(folder.resolve("tiny/manifest.json")).doesNotExist();
    Optional<NetworkSpec> none =
        Architectures.all().values().stream().findFirst().flatMap(a -> noEncoder(a, file));
    assertThat(none).isEmpty();
  }

  private static Optional<NetworkSpec> noEncoder(Architecture architecture, Path file) {
    try (TensorFile open = TensorFile.open(file)) {
      return PublishedEncoders.of(architecture, StateDict.clean(open.tensors()));
    }
  }
}
