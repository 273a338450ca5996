package io.alcedo.operators.stream.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.fixture.Disorder;
import io.alcedo.operators.stream.rules.HealthScript.Shot;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A camera suffers what a script drawn from a seed says, and the rules about cameras must say
 * exactly that, each beginning and each end: once with every frame, and once with a quarter of them
 * lost or not looked at, and on a bad way to the rules ({@link Disorder}).
 */
class ScriptedHealthTest {
  private static final int SEEDS = 20;
  private static final Scene SCENE =
      YamlReader.parse(
          "zones: [{name: yard, points: [[0, 0], [1, 0], [1, 1]]}]", "test", Scene.class);

  /** Looks through a session's shots, or those up to where its clock was set back. */
  private interface Truth {
    List<Boolean> of(List<Shot> shots);
  }

  private record Case(RuleSpec rule, Truth truth) {}

  private static final List<Case> CASES =
      List.of(
          new Case(rule("offline", "{type: offline, for: 3s}"), shots -> offline(shots, 3)),
          new Case(rule("offline-long", "{type: offline, for: 7s}"), shots -> offline(shots, 7)),
          new Case(rule("frozen", "{type: frozen, for: 2s}"), shots -> frozen(shots, 2)),
          new Case(rule("dark", "{type: dark, for: 2s}"), shots -> dark(shots, 2)),
          new Case(rule("skew", "{type: clock-skew}"), shots -> skewed(shots, 0)),
          new Case(rule("skew-long", "{type: clock-skew, for: 3s}"), shots -> skewed(shots, 3)),
          new Case(
              rule(
                  "offline-or-dark",
                  "{type: any, of: [{type: offline, for: 3s}, {type: dark, for: 2s}]}"),
              shots -> both(offline(shots, 3), dark(shots, 2), false)),
          new Case(
              rule(
                  "frozen-and-dark",
                  "{type: all, of: [{type: frozen, for: 2s}, {type: dark, for: 2s}]}"),
              shots -> both(frozen(shots, 2), dark(shots, 2), true)));

  private final Map<String, Integer> events = new TreeMap<>(); // by rule

  @Test
  void rulesSayWhatTheCameraSuffers() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Shot> all = HealthScript.of(random);
      assertThat(said(lines(all))).as("seed %d", seed).isEqualTo(truth(all));
      List<Shot> some = HealthScript.threeQuartersOf(all, random);
      List<DetectionLine> released = Disorder.resequenced(Disorder.of(lines(some), random));
      assertThat(released).isEqualTo(lines(some));
      assertThat(said(released)).as("seed %d, in disorder", seed).isEqualTo(truth(some));
    }
    assertThat(events.keySet())
        .as("what has happened: %s", events)
        .containsAll(CASES.stream().map(of -> of.rule.id()).toList());
  }

  private static RuleSpec rule(String id, String when) {
    String yaml = "{id: %s, cooldown: 0s, when: %s}".formatted(id, when);
    return YamlReader.parse(yaml, "test", RuleSpec.class);
  }

  private static List<DetectionLine> lines(List<Shot> shots) {
    return shots.stream().map(Shot::line).toList();
  }

  /** What the rules say: "rule begin to end". */
  private static Set<String> said(List<DetectionLine> lines) {
    CameraRules rules =
        new CameraRules(
            new RuleHistory(CASES.stream().map(Case::rule).toList()),
            new SceneHistory(List.of(SCENE)));
    CameraRules.State state = CameraRules.State.START;
    Map<String, String> said = new HashMap<>(); // by alert
    for (DetectionLine line : lines) {
      CameraRules.Step step = rules.accept(state, new TrackedLine(line, List.of(), List.of()));
      state = step.state();
      for (Alert alert : step.alerts()) {
        if (alert.state() == Alert.State.RAISED) {
          String text = alert.rule().replace("@1", "") + " " + HealthScript.name(line);
          assertThat(said.put(alert.id(), text)).as("another of the same id is %s", text).isNull();
        } else {
          said.computeIfPresent(alert.id(), (id, text) -> text + " to " + HealthScript.name(line));
        }
      }
    }
    return new TreeSet<>(said.values());
  }

  /** Where the clock is set back, and with a new session, everything begins anew. */
  private Set<String> truth(List<Shot> shots) {
    Set<String> truth = new TreeSet<>();
    List<Shot> part = new ArrayList<>();
    for (int i = 0; i < shots.size(); i++) {
      part.add(shots.get(i));
      Shot next = i + 1 < shots.size() ? shots.get(i + 1) : null;
      boolean ends = shots.get(i).status() == LineStatus.END;
      if (ends || next == null || next.captured().isBefore(shots.get(i).captured())) {
        Shot last = ends ? part.remove(part.size() - 1) : next;
        CASES.forEach(of -> truth(of, part, last, truth));
        part.clear();
      }
    }
    return truth;
  }

  private void truth(Case of, List<Shot> shots, Shot last, Set<String> truth) {
    List<Boolean> holds = of.truth.of(shots);
    for (int i = 0; i < shots.size(); i++) {
      if (holds.get(i) && (i == 0 || !holds.get(i - 1))) {
        List<Boolean> rest = holds.subList(i, holds.size());
        Shot end = rest.contains(false) ? shots.get(i + rest.indexOf(false)) : last;
        truth.add("%s %s to %s".formatted(of.rule.id(), shots.get(i).name(), end.name()));
        events.merge(of.rule.id(), 1, Integer::sum);
      }
    }
  }

  /** At a heartbeat so long after the last frame, or after the first line where there is none. */
  private static List<Boolean> offline(List<Shot> shots, double seconds) {
    return holds(
        shots,
        i -> true,
        i -> {
          int last = i;
          while (last > 0 && !shots.get(last).status().isFrame()) {
            last--;
          }
          return last < i && seconds(shots, last, i) >= seconds;
        });
  }

  /** At a picture that all before it were the same as for so long. */
  private static List<Boolean> frozen(List<Shot> shots, double seconds) {
    return holds(
        shots,
        i -> shots.get(i).isLookedAt(),
        i ->
            lasting(
                shots,
                i,
                k -> shots.get(k).isLookedAt(),
                k -> shots.get(k).picture() == shots.get(i).picture(),
                seconds));
  }

  private static List<Boolean> dark(List<Shot> shots, double seconds) {
    IntPredicate isLookedAt = i -> shots.get(i).isLookedAt();
    IntPredicate isDark = i -> shots.get(i).isDark();
    return holds(shots, isLookedAt, i -> lasting(shots, i, isLookedAt, isDark, seconds));
  }

  private static List<Boolean> skewed(List<Shot> shots, double seconds) {
    IntPredicate isFrame = i -> shots.get(i).status().isFrame();
    IntPredicate isSkewed = i -> shots.get(i).isSkewed();
    return holds(shots, isFrame, i -> lasting(shots, i, isFrame, isSkewed, seconds));
  }

  /** Whether a fault is seen here, and at all that tell of it back to so long ago. */
  private static boolean lasting(
      List<Shot> shots, int i, IntPredicate tells, IntPredicate isFaulty, double seconds) {
    int first = -1;
    for (int k = i; k >= 0 && (!tells.test(k) || isFaulty.test(k)); k--) {
      first = tells.test(k) ? k : first;
    }
    return first >= 0 && seconds(shots, first, i) >= seconds;
  }

  /** By line; what tells nothing changes nothing. */
  private static List<Boolean> holds(List<Shot> shots, IntPredicate tells, IntPredicate holds) {
    List<Boolean> all = new ArrayList<>();
    for (int i = 0; i < shots.size(); i++) {
      all.add(tells.test(i) ? holds.test(i) : i > 0 && all.get(i - 1));
    }
    return all;
  }

  private static List<Boolean> both(List<Boolean> one, List<Boolean> other, boolean all) {
    return IntStream.range(0, one.size())
        .mapToObj(i -> all ? one.get(i) && other.get(i) : one.get(i) || other.get(i))
        .toList();
  }

  private static double seconds(List<Shot> shots, int from, int to) {
    return (shots.get(to).captured().toEpochMilli() - shots.get(from).captured().toEpochMilli())
        / 1000.0;
  }
}
