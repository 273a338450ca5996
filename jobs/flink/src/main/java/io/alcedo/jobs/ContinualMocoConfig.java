package io.alcedo.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.operators.continual.learn.ContinualConfig;
import java.io.IOException;
import java.nio.file.Files;
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
    ContinualConfig learner) {
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
   * The job's settings and, as it was written, the learner's block, which travels to the task.
   *
   * @param learner YAML
   */
  public record Parsed(ContinualMocoConfig config, String learner) {}

  /**
   * Reads a job's arguments: {@code --config FILE}.
   *
   * @throws InvalidInputException if there is none or it is wrong
   */
  static Parsed fromArguments(String[] arguments) {
    if (arguments.length != 2 || !arguments[0].equals("--config")) {
      throw new InvalidInputException(
          "expected --config FILE, got '%s'".formatted(String.join(" ", arguments)));
    }
    try {
      return parse(Files.readString(Path.of(arguments[1])), arguments[1]);
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read".formatted(arguments[1]), e);
    }
  }

  /**
   * Reads YAML.
   *
   * @param where names it in messages
   * @throws InvalidInputException if it is wrong
   */
  public static Parsed parse(String yaml, String where) {
    ContinualMocoConfig config = YamlReader.parse(yaml, where, ContinualMocoConfig.class);
    try {
      JsonNode root = new YAMLMapper(new YAMLFactory()).readTree(yaml);
      return new Parsed(config, root.get("learner").toString());
    } catch (IOException e) {
      throw new IllegalStateException("YAML that was read before cannot be read", e);
    }
  }
}
