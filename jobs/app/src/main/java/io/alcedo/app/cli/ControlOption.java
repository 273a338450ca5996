package io.alcedo.app.cli;

import io.alcedo.app.local.PipelineConfig;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.kafka.KafkaSettings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which pipeline is changed while it runs: the one of a file, or of a broker, or both. */
final class ControlOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The pipeline's YAML: its block kafka, and its rules and scenes.")
  private Path config;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "The pipeline's broker, in the place of the file's; a local run prints it.")
  private String kafka;

  /**
   * The file; one with every default if there is none.
   *
   * @throws InvalidInputException if it cannot be read
   */
  PipelineConfig pipeline() {
    return config == null ? PipelineConfig.DEFAULT : YamlReader.read(config, PipelineConfig.class);
  }

  /**
   * The cluster.
   *
   * @throws InvalidInputException if neither names one
   */
  KafkaSettings kafka() {
    KafkaSettings ofFile = pipeline().kafka();
    if (kafka == null && ofFile == null) {
      throw new InvalidInputException(
          (config == null ? "" : config + ": ")
              + "names no Kafka cluster, expected --kafka HOST:PORT, or a file with a block 'kafka' with bootstrap");
    }
    if (kafka == null) {
      return ofFile;
    }
    try {
      return ofFile == null ? KafkaSettings.at(kafka) : ofFile.withBootstrap(kafka);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("--kafka: " + e.getMessage(), e);
    }
  }
}
