package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.TrackedObject;
import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.rules.RuleSpec.OnePer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A rule over the lines of one camera: its condition, and from what holds the alerts.
 *
 * <pre>
 *            holds: RAISED                    holds no longer: RESOLVED
 *   quiet ─────────────────► open ─────────────────────────────────────► cooling
 *     ▲                                                                     │
 *     └─────────────────────────────────────────────────────────────────────┘ cooldown over
 * </pre>
 *
 * One alert a key, that is a camera or a track. What is true of a moment only is raised and not
 * resolved. A pure function: time is the lines' capture time, so a replay gives the same alerts.
 */
final class Rule {
  private static final int COOLING = 0;
  private static final int OPEN = 1;

  private final RuleSpec spec;
  private final Condition condition;

  Rule(RuleSpec spec) {
    this.spec = spec;
    this.condition = Condition.of(spec.when());
  }

  /** Takes one line. What has lasted ends with the session: the next begins anew. */
  RuleState step(RuleState state, Observation now, Consumer<Alert> alerts) {
    Memory memory = Memory.of(state.cells());
    List<Held> held = new ArrayList<>(0);
    boolean ends = now.line().status() == LineStatus.END;
    if (ends) {
      memory.under("when").clear();
    } else {
      condition.step(now, memory.under("when"), held::add);
    }
    Memory alerting = memory.under("alerts");
    forgetWhatHasCooledDown(now, alerting);
    Set<String> holding = new HashSet<>();
    for (Held one : held) {
      String key = spec.onePer() == OnePer.TRACK ? one.subject() : "";
      holding.add(key);
      raise(key, one, now, alerting, alerts);
    }
    settle(holding, now, alerting, alerts);
    return new RuleState(memory.cells());
  }

  /** Resolves what is open: the rule holds no longer. */
  void close(RuleState state, Observation now, Consumer<Alert> alerts) {
    settle(Set.of(), now, Memory.of(state.cells()).under("alerts"), alerts);
  }

  /** Unless there is an alert of the key, or it cools down. */
  private void raise(String key, Held one, Observation now, Memory memory, Consumer<Alert> alerts) {
    boolean may = spec.schedule() == null || spec.schedule().covers(now.time());
    if (memory.get(key) != null || !may) {
      return;
    }
    Alert alert = alert(key, one, now);
    alerts.accept(alert);
    Cell cell = Cell.since(now.time(), alert.id());
    memory.put(key, cell.inPhase(condition.isMoment() ? COOLING : OPEN));
  }

  private void forgetWhatHasCooledDown(Observation now, Memory memory) {
    for (String key : memory.names()) {
      Cell cell = memory.get(key);
      if (cell.phase() == COOLING && now.hasLasted(cell.since(), spec.cooldown())) {
        memory.remove(key);
      }
    }
  }

  /** Resolves what holds no longer. */
  private void settle(Set<String> holding, Observation now, Memory memory, Consumer<Alert> alerts) {
    for (String key : memory.names()) {
      Cell cell = memory.get(key);
      if (cell.phase() == OPEN && !holding.contains(key)) {
        alerts.accept(resolved(key, cell, now));
        memory.put(key, cell.inPhase(COOLING));
      }
    }
  }

  private Alert alert(String key, Held held, Observation now) {
    String camera = now.line().frame().camera();
    return alert(
        AlertId.of(spec.version(), camera + "/" + key, held.opening()),
        Alert.State.RAISED,
        key,
        held.since(),
        held.text(),
        subjects(held, now),
        now);
  }

  private Alert resolved(String key, Cell cell, Observation now) {
    return alert(
        cell.opening(), Alert.State.RESOLVED, key, cell.since(), "resolved", List.of(), now);
  }

  private Alert alert(
      String id,
      Alert.State state,
      String key,
      Instant since,
      String message,
      List<Alert.Subject> objects,
      Observation now) {
    return new Alert(
        id,
        state,
        false,
        spec.version(),
        spec.when().type().toString(),
        spec.severity().toString(),
        now.line().frame().camera(),
        spec.when().zone(),
        spec.when().line(),
        key.isEmpty() ? null : key,
        now.line().frame(),
        now.line().ref(),
        now.time(),
        since,
        message,
        objects,
        null);
  }

  /** What is known of a condition's objects. */
  private static List<Alert.Subject> subjects(Held held, Observation now) {
    List<Alert.Subject> subjects = new ArrayList<>(held.objects().size());
    for (TrackedObject tracked : now.tracked().objects()) {
      DetectedObject object = tracked.object();
      if (held.objects().contains(object.id())) {
        subjects.add(
            new Alert.Subject(
                object.id(), tracked.track(), object.label(), object.score(), object.box()));
      }
    }
    return subjects;
  }
}
