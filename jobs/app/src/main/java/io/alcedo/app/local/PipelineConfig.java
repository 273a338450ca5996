package io.alcedo.app.local;

import io.alcedo.jobs.InferenceConfig;
import io.alcedo.operators.stream.rules.RuleSpec;
import java.util.List;

/**
 * A local run from a YAML file. Paths are relative to the file's folder.
 *
 * @param model a model directory
 * @param videos files to run over
 * @param inference how the model runs
 * @param rules what raises alerts
 */
public record PipelineConfig(
    String model, List<String> videos, InferenceConfig inference, List<RuleSpec> rules) {
  public PipelineConfig {
    videos = videos == null ? List.of() : List.copyOf(videos);
    inference = inference == null ? InferenceConfig.DEFAULT : inference;
    rules = rules == null ? List.of() : List.copyOf(rules);
  }
}
