package io.alcedo.app.bench;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.operators.stream.analytics.AnalyticsOptions;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.scene.Scene;
import java.util.List;

/** What is asked of {@link Walkers}. */
record WalkerRules(List<Scene> scenes, List<RuleSpec> rules, AnalyticsOptions analytics) {
  static final WalkerRules USUAL =
      YamlReader.parse(
          """
          scenes:
            - zones:
                - {name: left, points: [[0, 0.3], [0.5, 0.3], [0.5, 1], [0, 1]]}
                - {name: right, points: [[0.5, 0.3], [1, 0.3], [1, 1], [0.5, 1]]}
              lines: [{name: door, from: [0.5, 1], to: [0.5, 0.2]}]
          rules:
            - {id: enters, when: {type: enters, zone: left}}
            - {id: stays, when: {type: dwells, zone: right, for: 5s}}
            - {id: crosses, when: {type: crosses, line: door}}
            - {id: many, when: {type: count, zone: left, atLeast: 3, for: 2s}}
            - {id: still, when: {type: stationary, for: 20s}}
            - {id: offline, when: {type: offline, for: 10s}}
          analytics: {windows: [{size: 1min}, {size: 5min, slide: 1min}]}
          """,
          "bench",
          WalkerRules.class);
}
