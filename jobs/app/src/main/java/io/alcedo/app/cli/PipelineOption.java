package io.alcedo.app.cli;

import io.alcedo.app.local.PipelineConfig;
import io.alcedo.connectors.config.YamlReader;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** A pipeline's file; without it all is as usual. */
final class PipelineOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The pipeline's YAML: its cameras, rules, scenes, models, Kafka and the rest.")
  private Path config;

  boolean isGiven() {
    return config != null;
  }

  /**
   * The file; one with every default if there is none.
   *
   * @throws io.alcedo.connectors.InvalidInputException if it cannot be read
   */
  PipelineConfig read() {
    return config == null ? PipelineConfig.DEFAULT : YamlReader.read(config, PipelineConfig.class);
  }

  /** The folder to which the file's paths are relative. */
  Path folder() {
    return config == null ? Path.of("") : config.toAbsolutePath().getParent();
  }
}
