package io.alcedo.app.local;

import io.alcedo.jobs.CropConfig;
import io.alcedo.jobs.InferenceConfig;
import io.alcedo.jobs.RegistryConfig;
import io.alcedo.operators.stream.analytics.AnalyticsOptions;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.track.TrackerOptions;
import java.util.List;

/**
 * How the stages of a local run work.
 *
 * @param inference how the models run
 * @param registry whose deployments are followed, or null
 * @param tracker how objects become tracks; null = as usual
 * @param crops which pictures of objects are cut out; null = all if there is an encoder, else none
 * @param rules what raises alerts
 * @param analytics what is summed up; null = as usual
 */
public record RunStages(
    InferenceConfig inference,
    RegistryConfig registry,
    TrackerOptions tracker,
    CropConfig crops,
    List<RuleSpec> rules,
    AnalyticsOptions analytics) {
  public RunStages {
    rules = List.copyOf(rules);
  }

  /** All as usual, with these rules. */
  public static RunStages of(List<RuleSpec> rules) {
    return new RunStages(InferenceConfig.DEFAULT, null, null, null, rules, null);
  }

  /** The same with other pictures of objects. */
  RunStages with(CropConfig others) {
    return new RunStages(inference, registry, tracker, others, rules, analytics);
  }
}
