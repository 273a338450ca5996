package io.alcedo.app.evaluation;

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
import io.alcedo.operators.stream.rules.CameraRules;
import io.alcedo.operators.stream.rules.RuleHistory;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
import io.alcedo.operators.stream.scene.TripLine;
import io.alcedo.operators.stream.scene.Unit;
import io.alcedo.operators.stream.scene.Zone;
import io.alcedo.operators.stream.track.ByteTracker;
import io.alcedo.operators.stream.track.TrackerOptions;
import io.alcedo.operators.stream.track.TrackerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A detector, the tracker and rules over simulated cameras, whose log says what truly happened to
 * people before a zone and a line on the ground.
 */
public final class RuleEvaluation {
  /** A track has to be confirmed first, and is looked for when it is lost. */
  private static final double NEAR_SECONDS = 2;

  private static final double SHOWS = 2.0 / 3;
  private static final double SHOWS_HEIGHT = 32;

  private static final Map<TruthEvent.Type, RuleSpec> RULES =
      new EnumMap<>(
          Map.of(
              TruthEvent.Type.ENTERED_ZONE, rule("enters", "type: enters, zone: zone"),
              TruthEvent.Type.LEFT_ZONE, rule("leaves", "type: leaves, zone: zone"),
              TruthEvent.Type.DWELT, rule("dwells", "type: dwells, zone: zone, for: 3s"),
              TruthEvent.Type.CROSSED_LINE, rule("crosses", "type: crosses, line: line")));

  private final PictureDetector detector;

  /**
   * Prepares.
   *
   * @param detector finds people; stays open
   */
  public RuleEvaluation(PictureDetector detector) {
    this.detector = detector;
  }

  private static RuleSpec rule(String id, String when) {
    return YamlReader.parse(
        "{id: %s, onePer: track, cooldown: 0s, when: {labels: person, %s}}".formatted(id, when),
        "rule " + id,
        RuleSpec.class);
  }

  /** The rule that should say it. */
  public static String ruleOf(TruthEvent.Type type) {
    return RULES.get(type).id();
  }

  /** Looks at a camera for some frames. */
  public Map<TruthEvent.Type, RuleScore> look(SceneSpec spec, int frames) {
    SimulatedCamera plan = new SimulatedCamera(spec);
    GroundTruthRules truth =
        new GroundTruthRules(List.of(plan.defaultZone()), List.of(plan.defaultLine()));
    SimulatedCamera camera = new SimulatedCamera(spec, truth);
    Watch watch = new Watch(new SceneHistory(List.of(scene(truth, spec))));
    for (int i = 0; i < frames && camera.hasNext(); i++) {
      watch.take(camera.next());
    }
    return watch.scores();
  }

  /** What the rules see is what the log is about. */
  private static Scene scene(GroundTruthRules truth, SceneSpec spec) {
    GroundTruthRules.Zone zone = truth.zones().get(0);
    GroundTruthRules.Line line = truth.lines().get(0);
    return new Scene(
        null,
        null,
        null,
        List.of(
            new Zone(
                zone.name(),
                Unit.PX,
                zone.polygon().stream().map(corner -> inside(corner, spec)).toList())),
        List.of(
            new TripLine(line.name(), Unit.PX, inside(line.from(), spec), inside(line.to(), spec))),
        null);
  }

  /** Nobody's feet are seen outside the picture. */
  private static List<Double> inside(ImagePoint point, SceneSpec spec) {
    return List.of(
        Math.max(0, Math.min(spec.width(), point.x())),
        Math.max(0, Math.min(spec.height(), point.y())));
  }

  /** One camera being looked at. */
  private final class Watch {
    private final ByteTracker tracker = new ByteTracker(TrackerOptions.DEFAULT);
    private final CameraRules rules;
    private final Map<TruthEvent.Type, List<RuleScore.Event>> log =
        new EnumMap<>(TruthEvent.Type.class);
    private final Map<TruthEvent.Type, List<Double>> said = new EnumMap<>(TruthEvent.Type.class);
    private TrackerState tracks = TrackerState.START;
    private CameraRules.State state = CameraRules.State.START;

    Watch(SceneHistory scenes) {
      rules = new CameraRules(new RuleHistory(List.copyOf(RULES.values())), scenes);
      for (TruthEvent.Type type : TruthEvent.Type.values()) {
        log.put(type, new ArrayList<>());
        said.put(type, new ArrayList<>());
      }
    }

    void take(SimulatedFrame frame) {
      double seconds = frame.offset().toNanos() / 1e9;
      for (TruthEvent event : frame.events()) {
        if (event.identity().contains("/person-")) {
          log.get(event.type()).add(new RuleScore.Event(seconds, shows(event, frame)));
        }
      }
      DetectionLine line =
          detector.line(
              new FrameId("camera", "evaluation", frame.index()),
              Instant.EPOCH.plus(frame.offset()),
              frame);
      ByteTracker.Step followed = tracker.accept(tracks, line);
      CameraRules.Step step = rules.accept(state, followed.tracked());
      tracks = followed.state();
      state = step.state();
      step.alerts().forEach(alert -> add(alert, seconds));
    }

    private void add(Alert alert, double seconds) {
      if (alert.state() == Alert.State.RAISED) {
        RULES.forEach(
            (type, rule) -> {
              if (rule.version().equals(alert.rule())) {
                said.get(type).add(seconds);
              }
            });
      }
    }

    Map<TruthEvent.Type, RuleScore> scores() {
      Map<TruthEvent.Type, RuleScore> scores = new EnumMap<>(TruthEvent.Type.class);
      for (TruthEvent.Type type : TruthEvent.Type.values()) {
        RuleScore score = new RuleScore();
        score.add(log.get(type), said.get(type), NEAR_SECONDS);
        scores.put(type, score);
      }
      return scores;
    }
  }

  private static boolean shows(TruthEvent event, SimulatedFrame frame) {
    return frame.objects().stream()
        .anyMatch(
            object ->
                object.track() == event.track()
                    && object.visibleFraction() >= SHOWS
                    && object.fullBox().height() >= SHOWS_HEIGHT);
  }
}
