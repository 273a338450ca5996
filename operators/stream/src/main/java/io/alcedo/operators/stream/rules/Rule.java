package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import java.util.function.Consumer;

/**
 * One small state machine over the lines of one camera, in sequence order. A pure function: time is
 * the lines' capture time, so a replay gives the same alerts.
 */
public interface Rule {

  /** Takes one line. */
  RuleState step(RuleState state, DetectionLine line, Consumer<Alert> alerts);

  /** The state machine of a specification. */
  static Rule of(RuleSpec spec) {
    return switch (spec.type()) {
      case ZONE_DWELL -> new ZoneDwell(spec);
    };
  }
}
