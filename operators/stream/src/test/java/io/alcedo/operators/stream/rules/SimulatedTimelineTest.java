package io.alcedo.operators.stream.rules;

import static io.alcedo.operators.stream.rules.TrueConditions.all;
import static io.alcedo.operators.stream.rules.TrueConditions.any;
import static io.alcedo.operators.stream.rules.TrueConditions.anybody;
import static io.alcedo.operators.stream.rules.TrueConditions.begins;
import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.simulation.GroundTruthRules;
import io.alcedo.connectors.simulation.SceneSpec;
import io.alcedo.connectors.simulation.SimulatedCamera;
import io.alcedo.connectors.simulation.SimulatedFrame;
import io.alcedo.connectors.simulation.render.ImagePoint;
import io.alcedo.operators.stream.fixture.Disorder;
import io.alcedo.operators.stream.rules.TrueConditions.Place;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.awt.geom.Line2D;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rules are given what is truly there in a simulated world, where now and then a bag is left
 * behind, and must say exactly what {@link TrueConditions} works out, each beginning and each end:
 * once as it is, and once as a bad camera and a bad way to the rules have it ({@link Look#atSome},
 * {@link Disorder}). In every other world the ground is known.
 */
class SimulatedTimelineTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;
  private static final int FRAMES = 300;
  private static final double HORIZON = -0.4; // parts of the picture's height
  private static final String ZONE_AND_LINE =
      """
      zones: [{name: yard, points: [[0.2, 0.35], [0.8, 0.35], [0.9, 0.95], [0.1, 0.95]]}]
      lines: [{name: door, from: [0.5, 0.95], to: [0.45, 0.2]}]
      """;
  private static final GroundTruthRules.Zone YARD =
      new GroundTruthRules.Zone(
          "yard",
          List.of(point(0.2, 0.35), point(0.8, 0.35), point(0.9, 0.95), point(0.1, 0.95)),
          Duration.ZERO);
  private static final ImagePoint FROM = point(0.5, 0.95);
  private static final ImagePoint TO = point(0.45, 0.2);

  /** A rule and what it must say. */
  private record Case(
      RuleSpec rule, boolean isMoment, Function<TrueConditions, List<Set<Integer>>> truth) {}

  private static final String ENTERS = "{type: enters, zone: yard, tolerance: 0s}";
  private static final String LEAVES = "{type: leaves, zone: yard, tolerance: 0s}";
  private static final String DWELLS = "{type: dwells, zone: yard, for: 2s, tolerance: 0s}";
  private static final String CROSSES = "{type: crosses, line: door, margin: 0}";
  private static final String SEVERAL = "{type: count, zone: yard, atLeast: 2}";
  private static final String SOME = "{type: count, zone: yard, atLeast: 1}";
  private static final String ABSENT = "{type: absent, zone: yard, for: 500ms}";
  private static final String FAST = "{type: speed, above: 0.7}";
  private static final String RESTS = "{type: stationary, for: 1s, distance: 0.5}";

  private static final List<Case> CASES =
      List.of(
          moment("appears", "track", "{type: appears}", TrueConditions::appears),
          moment("enters", "track", ENTERS, SimulatedTimelineTest::enters),
          moment("leaves", "track", LEAVES, SimulatedTimelineTest::leaves),
          moment("crosses", "track", CROSSES, SimulatedTimelineTest::crosses),
          lasting("dwells", "track", DWELLS, SimulatedTimelineTest::dwells),
          lasting("several", "camera", SEVERAL, SimulatedTimelineTest::several),
          lasting("absent", "camera", ABSENT, SimulatedTimelineTest::absent),
          lasting(
              "stands",
              "track",
              "{type: stationary, for: 2s}",
              truth -> truth.stationary(null, SimulatedTimelineTest::isAnywhere, 2, 0.3, -1)),
          lasting(
              "rests-in-yard",
              "track",
              "{type: stationary, labels: person, zone: yard, for: 1s, distance: 0.5}",
              truth -> truth.stationary("person", SimulatedTimelineTest::isInYard, 1, 0.5, -1)),
          lasting(
              "left-behind",
              "track",
              "{type: stationary, labels: bag, for: 2s, unattended: {labels: person, distance: 2}}",
              truth -> truth.stationary("bag", SimulatedTimelineTest::isAnywhere, 2, 0.3, 2)),
          lasting(
              "alone",
              "track",
              "{type: stationary, labels: person, for: 1s, unattended: {labels: person, distance: 1}}",
              truth -> truth.stationary("person", SimulatedTimelineTest::isAnywhere, 1, 0.3, 1)),
          lasting("fast", "track", FAST, SimulatedTimelineTest::fast),
          lasting(
              "fast-in-yard",
              "track",
              "{type: speed, zone: yard, over: 500ms, above: 0.7}",
              truth -> truth.speed(SimulatedTimelineTest::isInYard, 0.5, 0.7)),
          lasting(
              "busy",
              "camera",
              "{type: occupancy, zone: yard, over: 4s, atLeast: 1.37}",
              truth ->
                  truth.occupancy(SimulatedTimelineTest::isInYard, 4000, mean -> mean >= 1.37)),
          lasting(
              "calm",
              "camera",
              "{type: occupancy, over: 2s, atMost: 6.63}",
              truth ->
                  truth.occupancy(SimulatedTimelineTest::isAnywhere, 2000, mean -> mean <= 6.63)),
          lasting(
              "busy-now",
              "camera",
              "{type: occupancy, zone: yard, over: 1s, atLeast: 1.63}",
              truth ->
                  truth.occupancy(SimulatedTimelineTest::isInYard, 1000, mean -> mean >= 1.63)),
          moment(
              "in-and-out",
              "track",
              "{type: sequence, sameTrack: true, within: 4s, first: %s, then: %s}"
                  .formatted(ENTERS, LEAVES),
              truth -> truth.sequence(enters(truth), leaves(truth), 4)),
          moment(
              "through-the-door",
              "camera",
              "{type: sequence, within: 2s, first: %s, then: %s}".formatted(CROSSES, ENTERS),
              truth -> truth.sequence(anybody(crosses(truth)), anybody(enters(truth)), 2)),
          moment(
              "fills",
              "camera",
              "{type: sequence, within: 3s, first: %s, then: %s}".formatted(ABSENT, SOME),
              truth ->
                  truth.sequence(
                      begins(absent(truth)),
                      begins(truth.count(SimulatedTimelineTest::isInYard, 1, 0)),
                      3)),
          moment(
              "stops",
              "track",
              "{type: sequence, sameTrack: true, within: 3s, first: %s, then: %s}"
                  .formatted(FAST, RESTS),
              truth -> truth.sequence(begins(fast(truth)), begins(rests(truth)), 3)),
          moment(
              "in-or-out",
              "track",
              "{type: any, of: [%s, %s]}".formatted(ENTERS, LEAVES),
              truth -> any(enters(truth), leaves(truth))),
          lasting(
              "several-or-long",
              "camera",
              "{type: any, of: [%s, %s]}".formatted(SEVERAL, DWELLS),
              truth -> any(several(truth), dwells(truth))),
          lasting(
              "fast-or-still",
              "track",
              "{type: any, of: [%s, %s]}".formatted(FAST, RESTS),
              truth -> any(fast(truth), rests(truth))),
          lasting(
              "long-and-still",
              "track",
              "{type: all, sameTrack: true, of: [%s, %s]}".formatted(DWELLS, RESTS),
              truth -> all(dwells(truth), rests(truth))),
          lasting(
              "several-while-one-is-fast",
              "camera",
              "{type: all, of: [%s, %s]}".formatted(SEVERAL, FAST),
              truth -> all(several(truth), anybody(fast(truth)))),
          moment(
              "in-while-several",
              "camera",
              "{type: all, of: [%s, %s]}".formatted(ENTERS, SEVERAL),
              truth -> all(anybody(enters(truth)), several(truth))));

  private final Map<String, Integer> events = new TreeMap<>(); // by rule

  @Test
  void rulesSayWhatTrulyHolds() {
    inWorlds(2);
  }

  @Test
  @Tag("full")
  void rulesSayWhatTrulyHoldsInTwentyWorlds() {
    inWorlds(20);
  }

  private void inWorlds(int seeds) {
    for (int seed = 1; seed <= seeds; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      boolean metres = seed % 4 > 1;
      List<SimulatedFrame> frames = withBags(frames(seed), random);
      List<Look> all = Look.atAll(frames);
      assertThat(said(all, lines(all), metres)).as("seed %d", seed).isEqualTo(truth(all, metres));
      List<Look> some = Look.atSome(frames, random);
      List<DetectionLine> released = Disorder.resequenced(Disorder.of(lines(some), random));
      assertThat(released).isEqualTo(lines(some));
      assertThat(said(some, released, metres))
          .as("seed %d, in disorder", seed)
          .isEqualTo(truth(some, metres));
    }
    assertThat(events.keySet())
        .as("what has happened: %s", events)
        .containsAll(CASES.stream().map(of -> of.rule.id()).toList());
  }

  private static List<SimulatedFrame> frames(int seed) {
    String address = "sim://%s?seed=%d&size=%dx%d&fps=10&density=0.7";
    String place = seed % 2 == 0 ? "plaza" : "street";
    SimulatedCamera camera =
        new SimulatedCamera(
            SceneSpec.parse(address.formatted(place, seed, WIDTH, HEIGHT)),
            GroundTruthRules.none());
    List<SimulatedFrame> frames = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      frames.add(camera.next());
    }
    return frames;
  }

  /** Four bags; each is carried for a while, left behind, and some time later it is gone. */
  private static List<SimulatedFrame> withBags(
      List<SimulatedFrame> frames, SplittableRandom random) {
    List<List<SimulatedFrame.Body>> bodies = new ArrayList<>();
    frames.forEach(frame -> bodies.add(new ArrayList<>(frame.bodies())));
    for (int bag = 1; bag <= 4; bag++) {
      int from = random.nextInt(FRAMES - 100);
      int carried = random.nextInt(20);
      int gone = from + carried + 30 + random.nextInt(70);
      Map<Integer, Box> owners = people(frames.get(from));
      Integer owner = owners.keySet().stream().findFirst().orElse(null);
      for (int i = from; i < Math.min(gone, FRAMES) && owner != null; i++) {
        Map<Integer, Box> people = people(frames.get(i));
        if (i <= from + carried && people.containsKey(owner)) {
          owners.put(owner, people.get(owner));
        }
        bodies.get(i).add(new SimulatedFrame.Body(1000 + bag, "bag", bag(owners.get(owner))));
      }
    }
    List<SimulatedFrame> with = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      with.add(with(frames.get(i), bodies.get(i)));
    }
    return with;
  }

  private static Map<Integer, Box> people(SimulatedFrame frame) {
    Map<Integer, Box> people = new TreeMap<>();
    for (SimulatedFrame.Body body : frame.bodies()) {
      if (body.label().equals("person")) {
        people.put(body.track(), body.fullBox());
      }
    }
    return people;
  }

  /** At the feet of its owner. */
  private static Box bag(Box owner) {
    double side = owner.height() / 4;
    return new Box(owner.centerX() - side / 2, owner.bottom() - side, side, side);
  }

  private static SimulatedFrame with(SimulatedFrame frame, List<SimulatedFrame.Body> bodies) {
    return new SimulatedFrame(
        frame.index(),
        frame.offset(),
        frame.width(),
        frame.height(),
        frame.bgr(),
        frame.objects(),
        bodies,
        List.of());
  }

  private static List<DetectionLine> lines(List<Look> looks) {
    return looks.stream().map(Look::line).toList();
  }

  /** What the rules say: "rule track begin end", or "rule track begin" of a moment. */
  private static Set<String> said(List<Look> looks, List<DetectionLine> lines, boolean metres) {
    CameraRules rules =
        new CameraRules(
            new RuleHistory(CASES.stream().map(Case::rule).toList()),
            new SceneHistory(List.of(scene(metres))));
    CameraRules.State state = CameraRules.State.START;
    Set<Integer> there = new TreeSet<>();
    Map<String, String> said = new HashMap<>(); // by alert
    for (int i = 0; i < lines.size(); i++) {
      CameraRules.Step step = rules.accept(state, looks.get(i).tracked(lines.get(i), there));
      state = step.state();
      for (Alert alert : step.alerts()) {
        if (alert.state() == Alert.State.RAISED) {
          String track = alert.track() == null ? "0" : alert.track();
          String text = text(alert.rule().replace("@1", ""), track, alert.frame());
          assertThat(said.put(alert.id(), text)).as("another of the same id is %s", text).isNull();
        } else {
          said.computeIfPresent(alert.id(), (id, text) -> text + " to " + at(alert.frame()));
        }
      }
    }
    return new TreeSet<>(said.values());
  }

  private static String text(String rule, Object track, FrameId frame) {
    return "%s %s %s".formatted(rule, track, at(frame));
  }

  private static String at(FrameId frame) {
    return "%s%03d".formatted(frame.session(), frame.sequence());
  }

  private Set<String> truth(List<Look> looks, boolean metres) {
    Set<String> truth = new TreeSet<>();
    List<Look> session = new ArrayList<>();
    for (Look look : looks) {
      session.add(look);
      if (look.status() == LineStatus.END) {
        TrueConditions conditions =
            new TrueConditions(
                session, metres ? SimulatedTimelineTest::metres : SimulatedTimelineTest::heights);
        CASES.forEach(of -> truth(of, conditions, look, truth));
        session.clear();
      }
    }
    return truth;
  }

  /**
   * An alert begins where something holds that did not before, and ends where it does no longer.
   */
  private void truth(Case of, TrueConditions conditions, Look end, Set<String> truth) {
    List<Set<Integer>> holds = of.truth.apply(conditions);
    holds = of.rule.onePer() == RuleSpec.OnePer.CAMERA ? anybody(holds) : holds;
    List<Look> looks = conditions.looks();
    for (int i = 0; i < holds.size(); i++) {
      for (int subject : of.isMoment ? holds.get(i) : begins(holds).get(i)) {
        String text = text(of.rule.id(), subject, looks.get(i).id());
        int after = i;
        while (after < holds.size() && holds.get(after).contains(subject)) {
          after++;
        }
        Look last = after < holds.size() ? looks.get(after) : end;
        truth.add(of.isMoment ? text : text + " to " + at(last.id()));
        events.merge(of.rule.id(), 1, Integer::sum);
      }
    }
  }

  private static List<Set<Integer>> enters(TrueConditions truth) {
    return truth.enters(SimulatedTimelineTest::isInYard);
  }

  private static List<Set<Integer>> leaves(TrueConditions truth) {
    return truth.leaves(SimulatedTimelineTest::isInYard);
  }

  private static List<Set<Integer>> absent(TrueConditions truth) {
    return truth.absent(SimulatedTimelineTest::isInYard, 0.5);
  }

  private static List<Set<Integer>> fast(TrueConditions truth) {
    return truth.speed(SimulatedTimelineTest::isAnywhere, 1, 0.7);
  }

  private static List<Set<Integer>> rests(TrueConditions truth) {
    return truth.stationary(null, SimulatedTimelineTest::isAnywhere, 1, 0.5, -1);
  }

  private static List<Set<Integer>> dwells(TrueConditions truth) {
    return truth.dwells(SimulatedTimelineTest::isInYard, 2);
  }

  private static List<Set<Integer>> several(TrueConditions truth) {
    return truth.count(SimulatedTimelineTest::isInYard, 2, 0);
  }

  private static List<Set<Integer>> crosses(TrueConditions truth) {
    return truth.crosses(
        (before, after) ->
            Line2D.linesIntersect(
                before.x(), before.y(), after.x(), after.y(), FROM.x(), FROM.y(), TO.x(), TO.y()));
  }

  private static boolean isInYard(Place place) {
    return YARD.contains(new ImagePoint(place.x(), place.y()));
  }

  private static boolean isAnywhere(Place place) {
    return true;
  }

  private static double heights(Place place, Place thing) {
    return Math.hypot(thing.x() - place.x(), thing.y() - place.y()) / thing.height();
  }

  /** On the ground that a camera over it sees up to a horizon. */
  private static double metres(Place place, Place thing) {
    double[] one = ground(place.x() / WIDTH, place.y() / HEIGHT);
    double[] other = ground(thing.x() / WIDTH, thing.y() / HEIGHT);
    return Math.hypot(one[0] - other[0], one[1] - other[1]);
  }

  private static double[] ground(double x, double y) {
    double depth = 6 / (y - HORIZON);
    return new double[] {(x - 0.5) * depth, depth};
  }

  /** The rules know four points of the ground. */
  private static Scene scene(boolean metres) {
    String yaml = ZONE_AND_LINE;
    if (metres) {
      double[][] picture = {{0.1, 0.2}, {0.9, 0.2}, {0.9, 0.9}, {0.1, 0.9}};
      List<String> points = new ArrayList<>();
      List<String> places = new ArrayList<>();
      for (double[] point : picture) {
        points.add(Arrays.toString(point));
        places.add(Arrays.toString(ground(point[0], point[1])));
      }
      yaml += "ground: {picture: %s, metres: %s}%n".formatted(points, places);
    }
    return YamlReader.parse(yaml, "test", Scene.class);
  }

  private static Case lasting(
      String id, String onePer, String when, Function<TrueConditions, List<Set<Integer>>> truth) {
    return new Case(rule(id, onePer, when), false, truth);
  }

  private static Case moment(
      String id, String onePer, String when, Function<TrueConditions, List<Set<Integer>>> truth) {
    return new Case(rule(id, onePer, when), true, truth);
  }

  private static RuleSpec rule(String id, String onePer, String when) {
    String yaml = "{id: %s, onePer: %s, cooldown: 0s, when: %s}".formatted(id, onePer, when);
    return YamlReader.parse(yaml, "test", RuleSpec.class);
  }

  private static ImagePoint point(double x, double y) {
    return new ImagePoint(x * WIDTH, y * HEIGHT);
  }
}
