package io.alcedo.connectors.registry;

import io.alcedo.connectors.kafka.KafkaSettings;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;

/**
 * How to reach the registry of models.
 *
 * @param kafka the cluster that holds manifests and decisions
 * @param store folder of the weights, a URI that all processes reach
 * @param cache folder of this machine in which fetched versions lie
 */
public record RegistrySettings(KafkaSettings kafka, URI store, String cache)
    implements Serializable {
  /** Opens the registry. */
  public ModelRegistry open() {
    return new ModelRegistry(kafka, new ArtifactStore(store));
  }

  /** Where fetched versions lie. */
  public Path cacheFolder() {
    return Path.of(cache);
  }
}
