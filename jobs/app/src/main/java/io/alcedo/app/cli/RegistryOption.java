package io.alcedo.app.cli;

import io.alcedo.app.local.PipelineConfig;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.registry.ModelRegistry;
import java.nio.file.Path;
import java.util.EnumSet;
import picocli.CommandLine.Option;

/** Where the registry is: the file that the pipeline runs from says it. */
final class RegistryOption {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The pipeline's YAML: its blocks kafka and registry.")
  private Path config;

  /**
   * Opens the registry; its topics are created if they are missing.
   *
   * @throws InvalidInputException if the file names none, or it cannot be reached
   */
  ModelRegistry open() {
    PipelineConfig pipeline = YamlReader.read(config, PipelineConfig.class);
    if (pipeline.kafka() == null || pipeline.registry() == null) {
      throw new InvalidInputException(
          "%s: names no registry, expected blocks 'kafka' with bootstrap and 'registry' with store"
              .formatted(config));
    }
    TopicCreator.ensure(
        pipeline.kafka(), EnumSet.of(Topic.MODELS, Topic.DEPLOYMENTS, Topic.MODEL_EVENTS));
    return pipeline.registry().settings(pipeline.kafka()).open();
  }
}
