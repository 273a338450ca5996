package io.alcedo.operators.stream.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.simulation.GroundTruthRules;
import io.alcedo.connectors.simulation.SceneSpec;
import io.alcedo.connectors.simulation.SimulatedCamera;
import io.alcedo.connectors.simulation.SimulatedFrame;
import io.alcedo.connectors.simulation.TruthEvent;
import io.alcedo.connectors.simulation.render.ImagePoint;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.SimulatedLines;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
import io.alcedo.operators.stream.track.ByteTracker;
import io.alcedo.operators.stream.track.TrackerOptions;
import io.alcedo.operators.stream.track.TrackerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The tracker is given true boxes, and the rules its tracks: what they say is held against the
 * simulator's log. An event counts as said if a rule says it within a second and a half: a track
 * has to be confirmed first, and is looked for when it is lost.
 */
class SimulatedBoxesTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;
  private static final int FRAMES = 300;
  private static final int SEEDS = 10;
  private static final double NEAR_SECONDS = 1.5;
  private static final Scene SCENE =
      YamlReader.parse(
          """
          zones: [{name: yard, points: [[0.2, 0.35], [0.8, 0.35], [0.9, 0.95], [0.1, 0.95]]}]
          lines: [{name: door, from: [0.5, 0.95], to: [0.45, 0.2]}]
          """,
          "test",
          Scene.class);
  private static final List<RuleSpec> RULES =
      List.of(
          rule("ENTERED_ZONE", "{type: enters, zone: yard, tolerance: 0s}"),
          rule("LEFT_ZONE", "{type: leaves, zone: yard, tolerance: 0s}"),
          rule("DWELT", "{type: dwells, zone: yard, for: 3s, tolerance: 0s}"),
          rule("CROSSED_LINE", "{type: crosses, line: door, margin: 0}"));

  private static RuleSpec rule(String id, String when) {
    String yaml = "{id: %s, onePer: track, cooldown: 0s, when: %s}".formatted(id, when);
    return YamlReader.parse(yaml, "test", RuleSpec.class);
  }

  /** What is right, missed and wrong over all worlds. */
  private static final class Count {
    private int right;
    private int missed;
    private int wrong;

    void add(Map<String, List<Double>> log, Map<String, List<Double>> said) {
      for (RuleSpec rule : RULES) {
        List<Double> truth = log.getOrDefault(rule.id(), List.of());
        List<Double> alerts = said.getOrDefault(rule.id(), List.of());
        int both = pairs(truth, alerts);
        right += both;
        missed += truth.size() - both;
        wrong += alerts.size() - both;
      }
    }

    double precision() {
      return (double) right / (right + wrong);
    }

    double recall() {
      return (double) right / (right + missed);
    }
  }

  @Test
  void rulesSayNearlyAllThatTrulyHappens() {
    Count ofAll = new Count();
    Count ofVisible = new Count();
    for (int seed = 1; seed <= SEEDS; seed++) {
      List<SimulatedFrame> frames = frames(seed);
      Map<String, List<Double>> log = log(frames);
      ofAll.add(log, said(frames, 0));
      ofVisible.add(log, said(frames, 0.2));
    }
    assertThat(ofAll.precision()).isGreaterThanOrEqualTo(0.98);
    assertThat(ofAll.recall()).isGreaterThanOrEqualTo(0.98);
    assertThat(ofVisible.precision()).as("of whom a fifth shows").isGreaterThanOrEqualTo(0.98);
    assertThat(ofVisible.recall()).as("of whom a fifth shows").isGreaterThanOrEqualTo(0.98);
  }

  private static List<SimulatedFrame> frames(int seed) {
    String address = "sim://%s?seed=%d&size=%dx%d&fps=10&density=0.5";
    String place = seed % 2 == 0 ? "plaza" : "street";
    GroundTruthRules.Zone yard =
        new GroundTruthRules.Zone(
            "yard",
            List.of(point(0.2, 0.35), point(0.8, 0.35), point(0.9, 0.95), point(0.1, 0.95)),
            Duration.ofSeconds(3));
    GroundTruthRules.Line door =
        new GroundTruthRules.Line("door", point(0.5, 0.95), point(0.45, 0.2));
    SimulatedCamera camera =
        new SimulatedCamera(
            SceneSpec.parse(address.formatted(place, seed, WIDTH, HEIGHT)),
            new GroundTruthRules(List.of(yard), List.of(door)));
    List<SimulatedFrame> frames = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      frames.add(camera.next());
    }
    return frames;
  }

  private static Map<String, List<Double>> log(List<SimulatedFrame> frames) {
    Map<String, List<Double>> log = new HashMap<>();
    for (SimulatedFrame frame : frames) {
      for (TruthEvent event : frame.events()) {
        add(log, event.type().name(), frame);
      }
    }
    return log;
  }

  private static void add(Map<String, List<Double>> times, String rule, SimulatedFrame frame) {
    times
        .computeIfAbsent(rule, unused -> new ArrayList<>())
        .add(frame.offset().toMillis() / 1000.0);
  }

  /** What the rules say if the tracker is given those of whom so much shows. */
  private static Map<String, List<Double>> said(List<SimulatedFrame> frames, double visible) {
    Map<String, List<Double>> said = new HashMap<>();
    ByteTracker tracker = new ByteTracker(TrackerOptions.DEFAULT);
    CameraRules rules = new CameraRules(new RuleHistory(RULES), new SceneHistory(List.of(SCENE)));
    TrackerState tracks = TrackerState.START;
    CameraRules.State state = CameraRules.State.START;
    for (SimulatedFrame frame : frames) {
      ByteTracker.Step followed = tracker.accept(tracks, line(frame, visible));
      CameraRules.Step step = rules.accept(state, followed.tracked());
      tracks = followed.state();
      state = step.state();
      for (Alert alert : step.alerts()) {
        if (alert.state() == Alert.State.RAISED) {
          add(said, alert.rule().replace("@1", ""), frame);
        }
      }
    }
    return said;
  }

  private static DetectionLine line(SimulatedFrame frame, double visible) {
    FrameId id = new FrameId(Frames.GATE, Frames.SESSION, frame.index());
    return SimulatedLines.line(id, Frames.START.plus(frame.offset()), frame, visible);
  }

  private static ImagePoint point(double x, double y) {
    return new ImagePoint(x * WIDTH, y * HEIGHT);
  }

  /** Each alert is of one event, the first that is near. */
  private static int pairs(List<Double> truth, List<Double> alerts) {
    List<Double> left = new ArrayList<>(alerts);
    int pairs = 0;
    for (double event : truth) {
      for (int i = 0; i < left.size(); i++) {
        if (Math.abs(left.get(i) - event) <= NEAR_SECONDS) {
          left.remove(i);
          pairs++;
          break;
        }
      }
    }
    return pairs;
  }
}
