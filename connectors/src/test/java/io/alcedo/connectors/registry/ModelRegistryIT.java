package io.alcedo.connectors.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Outputs;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.connectors.model.ModelManifest.Thresholds;
import io.alcedo.connectors.model.ModelManifest.Vector;
import io.alcedo.connectors.registry.Deployment.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions and deployments on a real broker and a real folder. */
class ModelRegistryIT {
  private static final Instant TIME = Instant.parse("2026-11-23T15:04:05Z");

  @TempDir static Path directory;
  private static EmbeddedKafka kafka;
  private static ModelRegistry registry;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
    TopicCreator.ensure(kafka.settings(), EnumSet.of(Topic.MODELS, Topic.DEPLOYMENTS));
    registry =
        new ModelRegistry(
            kafka.settings(), new ArtifactStore(directory.resolve("registry").toUri()));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void deploysWhatIsPublishedAndRemembersWhatWasBefore() throws IOException {
    ModelManifest first = publish("one");
    ModelManifest second = publish("two");

    assertThat(registry.versions()).contains(first, second);
    assertThat(registry.deployment(Role.ENCODER)).isEmpty();
    deploy(first);
    deploy(second);
    Deployment again = deploy(second);

    assertThat(registry.deployment(Role.ENCODER)).contains(again);
    assertThat(again.current().version()).isEqualTo(second.version());
    assertThat(again.past()).extracting(Turn::version).containsExactly(first.version());
  }

  @Test
  void fetchesWeightsOnceAndWholeBesideTheirManifest() throws IOException {
    ModelManifest manifest = publish("three");

    Path fetched = registry.fetch(manifest.version(), directory.resolve("cache"));

    assertThat(fetched.resolve("model.onnx")).hasContent("three");
    assertThat(fetched.resolve("manifest.json")).content().contains(manifest.sha256());
    try (var files = Files.list(fetched)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void refusesWeightsThatAreNotTheManifests() {
    assertThatThrownBy(
            () -> registry.publish(manifest(sha256("other")), write("weights", "damaged")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the file is damaged or was replaced");
  }

  @Test
  void refusesStoredWeightsThatWereDamaged() throws IOException {
    ModelManifest manifest = publish("four");
    Files.writeString(directory.resolve("registry/weights/" + manifest.sha256()), "f0ur");

    assertThatThrownBy(() -> registry.fetch(manifest.version(), directory.resolve("other-cache")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the file is damaged or was replaced");
    assertThat(directory.resolve("other-cache").resolve(manifest.version()).toFile().list())
        .isEmpty();
  }

  @Test
  void saysWhatThereIsWhenAVersionIsNot() throws IOException {
    ModelManifest manifest = publish("five");

    assertThatThrownBy(
            () -> registry.deploy(Role.ENCODER, new Turn("none@00", TIME, "ann", "to see")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'none@00' is not in the registry; it has")
        .hasMessageContaining(manifest.version());
    assertThatThrownBy(
            () -> registry.deploy(Role.DETECTOR, new Turn(manifest.version(), TIME, "ann", "")))
        .hasMessageContaining("is for EMBEDDING, it cannot be a detector");
  }

  private static Deployment deploy(ModelManifest manifest) throws IOException {
    return registry.deploy(Role.ENCODER, new Turn(manifest.version(), TIME, "ann", "better"));
  }

  private static ModelManifest publish(String content) throws IOException {
    ModelManifest manifest = manifest(sha256(content));
    registry.publish(manifest, write("weights", content));
    registry.publish(manifest, write("weights", content));
    return manifest;
  }

  private static Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private static String sha256(String content) throws IOException {
    Path file = write("digest", content);
    try (DigestInputStream in = Sha256.digesting(Files.newInputStream(file))) {
      in.readAllBytes();
      return Sha256.hex(in);
    }
  }

  private static ModelManifest manifest(String sha256) {
    return new ModelManifest(
        1,
        "appearance",
        Task.EMBEDDING,
        "model.onnx",
        sha256,
        null,
        Outputs.encoder(new Vector("embedding", 128, "fc.2")),
        List.of(),
        Thresholds.DEFAULT,
        "Apache-2.0",
        Map.of());
  }
}
