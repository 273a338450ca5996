package io.alcedo.connectors.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.wire.DeploymentCodec;
import io.alcedo.connectors.wire.WireFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Versions of models and which of them serve: weights in an {@link ArtifactStore}, manifests on
 * {@code models}, decisions on {@code deployments}. A version is the SHA-256 of its weights, so
 * publishing it twice changes nothing. Each call reads what is there now.
 */
public final class ModelRegistry {
  private static final long PATIENCE_SECONDS = 30;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final KafkaSettings kafka;
  private final ArtifactStore store;

  public ModelRegistry(KafkaSettings kafka, ArtifactStore store) {
    this.kafka = kafka;
    this.store = store;
  }

  /**
   * Makes a version known: its weights first, then its manifest.
   *
   * @param manifest whose SHA-256 is that of the weights
   * @throws InvalidInputException if the weights are not the manifest's
   * @throws IOException if the store or the cluster cannot be reached
   */
  public void publish(ModelManifest manifest, Path weights) throws IOException {
    store.put(weights, manifest.sha256());
    try {
      send(Topic.MODELS, manifest.version(), JSON.writeValueAsBytes(manifest));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest cannot be written", e);
    }
  }

  /** All manifests. */
  public List<ModelManifest> versions() {
    try (CompactedTopic models = CompactedTopic.read(kafka, Topic.MODELS)) {
      return models.values().values().stream().map(ModelRegistry::manifest).toList();
    }
  }

  /**
   * The manifest of a version.
   *
   * @throws InvalidInputException if there is none
   */
  public ModelManifest version(String version) {
    try (CompactedTopic models = CompactedTopic.read(kafka, Topic.MODELS)) {
      byte[] manifest = models.values().get(version);
      if (manifest == null) {
        throw new InvalidInputException(
            "version '%s' is not in the registry; it has %s"
                .formatted(version, models.values().keySet().stream().sorted().toList()));
      }
      return manifest(manifest);
    }
  }

  private static ModelManifest manifest(byte[] json) {
    return YamlReader.parse(
        new String(json, StandardCharsets.UTF_8), "topic models", ModelManifest.class);
  }

  /**
   * Brings a version to this machine: a model's directory, with its manifest beside its weights.
   *
   * @param cache folder in which versions have their directories
   * @return the directory
   * @throws InvalidInputException if there is no such version or its weights are damaged
   * @throws IOException if the store cannot be reached
   */
  public Path fetch(String version, Path cache) throws IOException {
    ModelManifest manifest = version(version);
    Path directory = cache.resolve(version);
    Path weights = directory.resolve(manifest.file());
    if (!Files.exists(weights)) {
      store.fetch(manifest.sha256(), weights);
    }
    // At once and whole: another stage of this machine may be reading it.
    Path part = directory.resolve("." + UUID.randomUUID());
    JSON.writeValue(part.toFile(), manifest);
    Files.move(part, directory.resolve("manifest.json"), StandardCopyOption.ATOMIC_MOVE);
    return directory;
  }

  /** Which version serves in a role; empty if none was ever deployed. */
  public Optional<Deployment> deployment(Role role) {
    try (CompactedTopic deployments = CompactedTopic.read(kafka, Topic.DEPLOYMENTS)) {
      byte[] newest = deployments.values().get(role.code());
      return newest == null ? Optional.empty() : Optional.of(DeploymentCodec.read(newest));
    } catch (WireFormatException e) {
      throw new IllegalStateException(
          "topic %s: %s".formatted(kafka.topic(Topic.DEPLOYMENTS), e.getMessage()), e);
    }
  }

  /**
   * Lets a published version serve; does nothing if it does already.
   *
   * @throws InvalidInputException if it is not published or is for another role
   * @throws IOException if the cluster cannot be reached
   */
  public Deployment deploy(Role role, Turn turn) throws IOException {
    ModelManifest manifest = version(turn.version());
    if (manifest.task() != role.task()) {
      throw new InvalidInputException(
          "version %s is for %s, it cannot be a %s"
              .formatted(turn.version(), manifest.task(), role.code()));
    }
    Optional<Deployment> before = deployment(role);
    if (before.isPresent() && before.get().current().version().equals(turn.version())) {
      return before.get();
    }
    Deployment after =
        before.map(now -> now.then(turn)).orElseGet(() -> Deployment.first(role, turn));
    send(Topic.DEPLOYMENTS, role.code(), DeploymentCodec.write(after));
    return after;
  }

  private void send(Topic topic, String key, byte[] value) throws IOException {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer())) {
      var unused =
          producer
              .send(new ProducerRecord<>(kafka.topic(topic), key, value))
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "Kafka at %s took no record of %s: %s"
              .formatted(kafka.bootstrap(), kafka.topic(topic), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing to " + kafka.topic(topic), e);
    }
  }
}
