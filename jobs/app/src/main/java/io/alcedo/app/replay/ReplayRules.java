package io.alcedo.app.replay;

import io.alcedo.operators.stream.analytics.AnalyticsOptions;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.track.TrackerOptions;
import java.util.List;

/**
 * Other rules than the recorded ones, from a YAML file. What it leaves out is as the pipeline's
 * file has it.
 *
 * @param rules all revisions of all rules, in place of the recorded ones
 * @param scenes what the cameras look at
 * @param analytics what is summed up
 * @param tracker how objects become tracks
 */
public record ReplayRules(
    List<RuleSpec> rules, List<Scene> scenes, AnalyticsOptions analytics, TrackerOptions tracker) {
  public ReplayRules {
    if (rules == null) {
      throw new IllegalArgumentException(
          "rules is missing, expected a list of rules, or [] for none");
    }
    rules = List.copyOf(rules);
    scenes = scenes == null ? null : List.copyOf(scenes);
  }
}
