package io.alcedo.jobs;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.kafka.KafkaSettings;
import java.nio.file.Path;

/**
 * What {@link ContinualMocoJob} is told, from a YAML file of its own.
 *
 * @param name of this installation, as of the other jobs; default alcedo
 * @param kafka the cluster
 * @param registry where better encoders go
 * @param run how Flink runs the job; its parallelism is that of reading crops
 * @param learner how the encoder learns
 */
public record ContinualMocoConfig(
    String name,
    KafkaSettings kafka,
    RegistryConfig registry,
    RunConfig run,
    LearnerBlock learner) {
  public ContinualMocoConfig {
    name = name == null ? "alcedo" : name;
    if (kafka == null) {
      throw new IllegalArgumentException("kafka is missing, expected a block with bootstrap");
    }
    if (registry == null) {
      throw new IllegalArgumentException("registry is missing, expected a block with store");
    }
    if (learner == null) {
      throw new IllegalArgumentException("learner is missing, expected a block with network");
    }
    run = run == null ? RunConfig.DEFAULT : run;
  }

  /**
   * Reads a job's arguments: {@code --config FILE}.
   *
   * @throws InvalidInputException if there is none or it is wrong
   */
  static ContinualMocoConfig fromArguments(String[] arguments) {
    if (arguments.length != 2 || !arguments[0].equals("--config")) {
      throw new InvalidInputException(
          "expected --config FILE, got '%s'".formatted(String.join(" ", arguments)));
    }
    return YamlReader.read(Path.of(arguments[1]), ContinualMocoConfig.class);
  }

  /** Consumer group of the crops, and prefix of transactional ids. */
  public String group() {
    return name + "-continual-moco";
  }
}
