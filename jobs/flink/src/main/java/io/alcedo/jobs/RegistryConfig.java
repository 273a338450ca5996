package io.alcedo.jobs;

import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.registry.RegistrySettings;
import java.net.URI;
import java.nio.file.Path;

/**
 * The block {@code registry} of a job's YAML: the stages serve with what is deployed there, and
 * change to what is deployed later without a restart.
 *
 * @param store folder of the weights, a URI that all processes reach
 * @param cache folder of each machine for fetched versions; default: in the temporary folder
 */
public record RegistryConfig(String store, String cache) {
  public RegistryConfig {
    if (store == null || URI.create(store).getScheme() == null) {
      throw new IllegalArgumentException(
          "store is '%s', expected a URI such as file:///var/lib/alcedo/registry".formatted(store));
    }
    cache =
        cache == null
            ? Path.of(System.getProperty("java.io.tmpdir"), "alcedo-models").toString()
            : cache;
  }

  /** How to reach it. */
  public RegistrySettings settings(KafkaSettings kafka) {
    return new RegistrySettings(kafka, URI.create(store), cache);
  }
}
