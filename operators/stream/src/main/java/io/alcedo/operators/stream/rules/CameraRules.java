package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All rules, folded over the lines of one camera. A new revision of a rule starts from nothing. */
public record CameraRules(RuleHistory history) implements Serializable {

  /**
   * Where the rules of one camera stand.
   *
   * @param v version of this layout, {@link #VERSION}
   * @param byRule by rule@revision
   */
  public record State(int v, Map<String, RuleState> byRule) {
    public static final int VERSION = 1;
    public static final State START = new State(VERSION, Map.of());

    /**
     * Checks a restored state.
     *
     * @throws IllegalStateException if another version of Alcedo wrote it
     */
    public State requireKnownVersion() {
      if (v != VERSION) {
        throw new IllegalStateException(
            "state of the rules has version %d, this Alcedo reads version %d: restore it with the Alcedo that wrote it, or start without it"
                .formatted(v, VERSION));
      }
      return this;
    }
  }

  /** What one line brought about. */
  public record Step(State state, List<Alert> alerts) {}

  /** Takes one line. */
  public Step accept(State state, DetectionLine line) {
    Map<String, RuleState> next = new HashMap<>();
    List<Alert> alerts = new ArrayList<>(0);
    for (RuleSpec spec : history.at(line.captureTime())) {
      if (spec.covers(line.frame().camera())) {
        RuleState before = state.byRule().getOrDefault(spec.version(), RuleState.START);
        next.put(spec.version(), Rule.of(spec).step(before, line, alerts::add));
      }
    }
    return new Step(new State(State.VERSION, next), alerts);
  }
}
