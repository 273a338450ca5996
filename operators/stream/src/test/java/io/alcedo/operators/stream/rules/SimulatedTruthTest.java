package io.alcedo.operators.stream.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.TrackState;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.event.TrackedObject;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.simulation.GroundTruthRules;
import io.alcedo.connectors.simulation.SceneSpec;
import io.alcedo.connectors.simulation.SimulatedCamera;
import io.alcedo.connectors.simulation.SimulatedFrame;
import io.alcedo.connectors.simulation.TruthEvent;
import io.alcedo.connectors.simulation.render.ImagePoint;
import io.alcedo.operators.stream.fixture.Disorder;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.SimulatedLines;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.awt.geom.Line2D;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules are given what is truly there in a simulated world, and must say what truly happens: by the
 * simulator's own log of events, and by sums over the whole timeline that are worked out here.
 */
class SimulatedTruthTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;
  private static final int FRAMES = 300;
  private static final List<ImagePoint> YARD =
      List.of(point(0.2, 0.35), point(0.8, 0.35), point(0.9, 0.95), point(0.1, 0.95));
  private static final ImagePoint FROM = point(0.5, 0.95);
  private static final ImagePoint TO = point(0.45, 0.2);
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
          rule("appears", "track", "{type: appears, minScore: 0}"),
          rule("enters", "track", "{type: enters, zone: yard, tolerance: 0s}"),
          rule("leaves", "track", "{type: leaves, zone: yard, tolerance: 0s}"),
          rule("dwells", "track", "{type: dwells, zone: yard, for: 3s, tolerance: 0s}"),
          rule(
              "right", "track", "{type: crosses, line: door, margin: 0, direction: left-to-right}"),
          rule("left", "track", "{type: crosses, line: door, margin: 0, direction: right-to-left}"),
          rule("several", "camera", "{type: count, zone: yard, atLeast: 2, for: 1s}"),
          rule("few", "camera", "{type: count, zone: yard, atMost: 1, for: 2s}"),
          rule("absent", "camera", "{type: absent, zone: yard, for: 2s}"));

  private final List<SimulatedFrame> frames = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  @Tag("full")
  void rulesSayWhatTrulyHappensInFurtherWorlds(int seed) {
    rulesSayWhatTrulyHappens(seed);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void rulesSayWhatTrulyHappens(int seed) {
    look(seed);
    allAreSeen();
    someAreLost(seed);
  }

  private void allAreSeen() {
    Set<String> said = said(frames, lines(frames));

    assertThat(said).isEqualTo(truth(frames));
    assertThat(of(said, "enters", "leaves", "dwells", "right", "left")).isEqualTo(log());
  }

  /**
   * One frame in four is lost, and others come late or twice; what happened meanwhile is seen at
   * the next one.
   */
  private void someAreLost(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SimulatedFrame> shown = frames.stream().filter(frame -> random.nextInt(4) != 0).toList();

    List<DetectionLine> released = Disorder.resequenced(Disorder.of(lines(shown), random));
    assertThat(released).isEqualTo(lines(shown));
    assertThat(said(shown, released)).isEqualTo(truth(shown));
  }

  private void look(int seed) {
    String scene = seed % 2 == 0 ? "plaza" : "street";
    SceneSpec spec =
        SceneSpec.parse(
            "sim://%s?seed=%d&size=%dx%d&fps=10&density=0.7".formatted(scene, seed, WIDTH, HEIGHT));
    GroundTruthRules rules =
        new GroundTruthRules(
            List.of(new GroundTruthRules.Zone("yard", YARD, Duration.ofSeconds(3))),
            List.of(new GroundTruthRules.Line("door", FROM, TO)));
    SimulatedCamera camera = new SimulatedCamera(spec, rules);
    for (int i = 0; i < FRAMES; i++) {
      frames.add(camera.next());
    }
  }

  private static ImagePoint point(double x, double y) {
    return new ImagePoint(x * WIDTH, y * HEIGHT);
  }

  private static RuleSpec rule(String id, String onePer, String when) {
    String yaml = "{id: %s, onePer: %s, cooldown: 0s, when: %s}".formatted(id, onePer, when);
    return YamlReader.parse(yaml, "test", RuleSpec.class);
  }

  /** What the rules raise: "rule track frame". */
  private Set<String> said(List<SimulatedFrame> shown, List<DetectionLine> lines) {
    CameraRules rules = new CameraRules(new RuleHistory(RULES), new SceneHistory(List.of(SCENE)));
    CameraRules.State state = CameraRules.State.START;
    Set<String> said = new TreeSet<>();
    Set<Integer> before = Set.of();
    for (int i = 0; i < shown.size(); i++) {
      SimulatedFrame frame = shown.get(i);
      CameraRules.Step step = rules.accept(state, tracked(frame, lines.get(i), before));
      state = step.state();
      for (Alert alert : step.alerts()) {
        if (alert.state() == Alert.State.RAISED) {
          String rule = alert.rule().replace("@1", "");
          said.add(text(rule, alert.track() == null ? "-" : alert.track(), frame));
        }
      }
      before = new TreeSet<>(frame.bodies().stream().map(SimulatedFrame.Body::track).toList());
    }
    return said;
  }

  private static String text(String rule, Object track, SimulatedFrame frame) {
    return "%s %s %d".formatted(rule, track, frame.index());
  }

  private static List<DetectionLine> lines(List<SimulatedFrame> shown) {
    return shown.stream()
        .map(
            frame ->
                SimulatedLines.line(
                    new FrameId(Frames.GATE, Frames.SESSION, frame.index()), time(frame), frame, 0))
        .toList();
  }

  private static TrackedLine tracked(
      SimulatedFrame frame, DetectionLine line, Set<Integer> before) {
    List<TrackedObject> tracked = new ArrayList<>();
    Set<Integer> gone = new TreeSet<>(before);
    for (int i = 0; i < frame.bodies().size(); i++) {
      int track = frame.bodies().get(i).track();
      tracked.add(
          new TrackedObject(
              line.objects().get(i), String.valueOf(track), TrackState.CONFIRMED, time(frame)));
      gone.remove(track);
    }
    return new TrackedLine(line, tracked, gone.stream().map(String::valueOf).toList());
  }

  private static Instant time(SimulatedFrame frame) {
    return Frames.START.plus(frame.offset());
  }

  private static Set<String> of(Set<String> said, String... rules) {
    Set<String> some = new TreeSet<>(said);
    some.removeIf(text -> !List.of(rules).contains(text.substring(0, text.indexOf(' '))));
    return some;
  }

  /** The simulator's log in the same words. */
  private Set<String> log() {
    Set<String> log = new TreeSet<>();
    for (SimulatedFrame frame : frames) {
      for (TruthEvent event : frame.events()) {
        String rule =
            switch (event.type()) {
              case ENTERED_ZONE -> "enters";
              case LEFT_ZONE -> "leaves";
              case DWELT -> "dwells";
              case CROSSED_LINE ->
                  event.direction() == TruthEvent.Direction.LEFT_TO_RIGHT ? "right" : "left";
            };
        log.add(text(rule, event.track(), frame));
      }
    }
    return log;
  }

  /** Worked out track by track, and frame by frame, over the whole timeline. */
  private static Set<String> truth(List<SimulatedFrame> shown) {
    Set<String> truth = new TreeSet<>();
    Map<Integer, Map<Integer, Box>> tracks = new LinkedHashMap<>(); // by track and place in shown
    int[] inside = new int[shown.size()];
    for (int i = 0; i < shown.size(); i++) {
      for (SimulatedFrame.Body body : shown.get(i).bodies()) {
        tracks.computeIfAbsent(body.track(), unused -> new HashMap<>()).put(i, body.fullBox());
        inside[i] += isInside(body.fullBox()) ? 1 : 0;
      }
    }
    tracks.forEach((track, boxes) -> truthOfTrack(track, boxes, shown, truth));
    runs("several", inside, shown, 2, 99, 1, truth);
    runs("few", inside, shown, 0, 1, 2, truth);
    absences(inside, shown, truth);
    return truth;
  }

  private static void truthOfTrack(
      int track, Map<Integer, Box> boxes, List<SimulatedFrame> shown, Set<String> truth) {
    Instant since = null;
    boolean dwelt = false;
    for (int i = 0; i < shown.size(); i++) {
      SimulatedFrame frame = shown.get(i);
      Box box = boxes.get(i);
      Box before = boxes.get(i - 1);
      boolean isIn = box != null && isInside(box);
      boolean wasIn = before != null && isInside(before);
      if (box != null && before == null) {
        truth.add(text("appears", track, frame));
      }
      if (isIn && !wasIn) {
        truth.add(text("enters", track, frame));
        since = time(frame);
        dwelt = false;
      }
      if (wasIn && !isIn) {
        truth.add(text("leaves", track, frame));
      }
      if (isIn && !dwelt && Duration.between(since, time(frame)).toMillis() >= 3000) {
        truth.add(text("dwells", track, frame));
        dwelt = true;
      }
      if (box != null && before != null) {
        crossing(track, before, box, frame, truth);
      }
    }
  }

  private static void crossing(
      int track, Box before, Box box, SimulatedFrame frame, Set<String> truth) {
    boolean crosses =
        Line2D.linesIntersect(
            before.centerX(),
            before.bottom(),
            box.centerX(),
            box.bottom(),
            FROM.x(),
            FROM.y(),
            TO.x(),
            TO.y());
    if (crosses) {
      // The line looks up, so its left is the picture's left.
      boolean isRight =
          Line2D.relativeCCW(FROM.x(), FROM.y(), TO.x(), TO.y(), box.centerX(), box.bottom())
              == Line2D.relativeCCW(FROM.x(), FROM.y(), TO.x(), TO.y(), WIDTH, HEIGHT / 2.0);
      truth.add(text(isRight ? "right" : "left", track, frame));
    }
  }

  private static void runs(
      String rule,
      int[] counts,
      List<SimulatedFrame> shown,
      int least,
      int most,
      int seconds,
      Set<String> truth) {
    int begin = -1;
    boolean raised = false;
    for (int i = 0; i < counts.length; i++) {
      boolean holds = counts[i] >= least && counts[i] <= most;
      begin = !holds ? -1 : begin < 0 ? i : begin;
      raised &= holds;
      if (holds
          && !raised
          && Duration.between(time(shown.get(begin)), time(shown.get(i))).toMillis()
              >= 1000L * seconds) {
        truth.add(text(rule, "-", shown.get(i)));
        raised = true;
      }
    }
  }

  private static void absences(int[] counts, List<SimulatedFrame> shown, Set<String> truth) {
    int last = 0;
    boolean raised = false;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        last = i;
        raised = false;
      } else if (!raised
          && Duration.between(time(shown.get(last)), time(shown.get(i))).toMillis() >= 2000) {
        truth.add(text("absent", "-", shown.get(i)));
        raised = true;
      }
    }
  }

  private static boolean isInside(Box box) {
    return new GroundTruthRules.Zone("yard", YARD, Duration.ZERO)
        .contains(new ImagePoint(box.centerX(), box.bottom()));
  }
}
