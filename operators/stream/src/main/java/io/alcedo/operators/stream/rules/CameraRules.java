package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All rules, folded over the lines of one camera. A new revision of a rule starts from nothing, and
 * what the one before had raised is resolved; so it is with a rule whose zone or line the camera's
 * scene has no longer, and where time jumps back, as when a file is played again, with all. A zone
 * or line that only changes its shape goes on under its name.
 */
public final class CameraRules {
  /**
   * Where the rules of one camera stand.
   *
   * @param v version of this layout, {@link #VERSION}
   * @param time event time of the line that was taken last, null before the first
   * @param byRule by rule@revision
   */
  public record State(int v, Instant time, Map<String, RuleState> byRule) {
    public static final int VERSION = 4;
    public static final State START = new State(VERSION, null, Map.of());

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

  private final RuleHistory rules;
  private final SceneHistory scenes;
  private final Map<String, Rule> machines = new HashMap<>(); // by rule@revision

  public CameraRules(RuleHistory rules, SceneHistory scenes) {
    this.rules = rules;
    this.scenes = scenes;
  }

  /** Takes one line, in its camera's order. */
  public Step accept(State state, TrackedLine tracked) {
    Instant now = tracked.line().captureTime();
    String camera = tracked.line().frame().camera();
    boolean wentBack = state.time() != null && now.isBefore(state.time());
    Map<String, RuleState> before = state.byRule();
    Scene scene = scenes.at(camera, now);
    Observation observation = new Observation(tracked, scene);
    List<RuleSpec> holding =
        rules.at(now).stream().filter(spec -> spec.covers(camera, scene)).toList();
    Map<String, RuleState> next = new HashMap<>();
    List<Alert> alerts = new ArrayList<>(0);
    closeOthers(before, wentBack ? List.of() : holding, observation, alerts);
    for (RuleSpec spec : holding) {
      RuleState last = wentBack ? null : before.get(spec.version());
      RuleState from = last == null ? RuleState.START : last;
      next.put(spec.version(), machine(spec).step(from, observation, alerts::add));
    }
    return new Step(new State(State.VERSION, now, next), alerts);
  }

  /** Resolves what revisions have raised that hold no longer. */
  private void closeOthers(
      Map<String, RuleState> before,
      List<RuleSpec> holding,
      Observation observation,
      List<Alert> alerts) {
    Map<String, RuleState> over = new TreeMap<>(before);
    holding.forEach(spec -> over.remove(spec.version()));
    over.forEach(
        (version, state) -> {
          RuleSpec spec = rules.find(version);
          if (spec != null) {
            machine(spec).close(state, observation, alerts::add);
          }
        });
  }

  private Rule machine(RuleSpec spec) {
    return machines.computeIfAbsent(spec.version(), unused -> new Rule(spec));
  }
}
