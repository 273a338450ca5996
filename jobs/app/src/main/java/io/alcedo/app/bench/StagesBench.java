package io.alcedo.app.bench;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.operators.stream.analytics.AnalyticsOptions;
import io.alcedo.operators.stream.analytics.AnalyticsState;
import io.alcedo.operators.stream.analytics.CameraAnalytics;
import io.alcedo.operators.stream.rules.CameraRules;
import io.alcedo.operators.stream.rules.RuleHistory;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
import io.alcedo.operators.stream.track.ByteTracker;
import io.alcedo.operators.stream.track.TrackerOptions;
import io.alcedo.operators.stream.track.TrackerState;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What following, rules and analytics cost a frame: CPU time of the one thread that runs them, over
 * people who walk at random.
 */
public final class StagesBench {
  private static final int WIDTH = 768;
  private static final int HEIGHT = 576;
  private static final int RATE = 10;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private record Setting(List<Scene> scenes, List<RuleSpec> rules, AnalyticsOptions analytics) {}

  private static final Setting SETTING =
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
          Setting.class);

  private final ByteTracker tracker = new ByteTracker(TrackerOptions.DEFAULT);
  private final CameraRules rules;
  private final CameraAnalytics analytics;
  private final PrintWriter out;

  /** Prepares. */
  public StagesBench(PrintWriter out) {
    SceneHistory scenes = new SceneHistory(SETTING.scenes());
    this.rules = new CameraRules(new RuleHistory(SETTING.rules()), scenes);
    this.analytics = new CameraAnalytics(SETTING.analytics(), scenes);
    this.out = out;
  }

  /**
   * Runs and prints.
   *
   * @param objects in each frame
   * @param frames after as many that warm up
   */
  public void run(int objects, int frames) {
    List<DetectionLine> lines = lines(objects, 2 * frames);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    TrackerState tracks = TrackerState.START;
    CameraRules.State ruleState = CameraRules.State.START;
    AnalyticsState sums = AnalyticsState.START;
    long[] nanos = new long[3];
    long alerts = 0;
    long rows = 0;
    for (int i = 0; i < lines.size(); i++) {
      long began = threads.getCurrentThreadCpuTime();
      ByteTracker.Step followed = tracker.accept(tracks, lines.get(i));
      long afterTracks = threads.getCurrentThreadCpuTime();
      CameraRules.Step ruled = rules.accept(ruleState, followed.tracked());
      long afterRules = threads.getCurrentThreadCpuTime();
      CameraAnalytics.Step summed = analytics.accept(sums, followed.tracked());
      long ended = threads.getCurrentThreadCpuTime();
      tracks = followed.state();
      ruleState = ruled.state();
      sums = summed.state();
      alerts += ruled.alerts().size();
      rows += summed.rows().size();
      if (i >= frames) {
        nanos[0] += afterTracks - began;
        nanos[1] += afterRules - afterTracks;
        nanos[2] += ended - afterRules;
      }
    }
    double scale = 1e6 * frames;
    out.printf(
        Locale.ROOT,
        "%d objects: %.4f ms of CPU a frame = tracks %.4f + %d rules %.4f + analytics %.4f (%d frames; %d alerts, %d rows)%n",
        objects,
        (nanos[0] + nanos[1] + nanos[2]) / scale,
        nanos[0] / scale,
        SETTING.rules().size(),
        nanos[1] / scale,
        nanos[2] / scale,
        frames,
        alerts,
        rows);
    out.flush();
  }

  private static List<DetectionLine> lines(int objects, int frames) {
    SplittableRandom random = new SplittableRandom(objects);
    double[] x = random.doubles(objects, 0, WIDTH).toArray();
    double[] y = random.doubles(objects, 0.3 * HEIGHT, HEIGHT).toArray();
    double[] way = random.doubles(objects, 0, 2 * Math.PI).toArray();
    List<DetectionLine> lines = new ArrayList<>(frames);
    for (int frame = 0; frame < frames; frame++) {
      FrameId id = new FrameId("bench", "bench", frame);
      List<DetectedObject> found = new ArrayList<>();
      for (int i = 0; i < objects; i++) {
        way[i] += random.nextDouble(-0.3, 0.3);
        x[i] = Math.max(20, Math.min(WIDTH - 20, x[i] + 4 * Math.cos(way[i])));
        y[i] = Math.max(120, Math.min(HEIGHT, y[i] + 2 * Math.sin(way[i])));
        Box box = new Box(x[i] - 18, y[i] - 90, 36, 90);
        double score = random.nextDouble(0.3, 1);
        found.add(new DetectedObject(id.objectId(i), "person", score, box, null, List.of()));
      }
      Instant time = START.plusMillis(1000L * frame / RATE);
      FrameRef ref = new FrameRef("frames", 0, frame);
      lines.add(
          new DetectionLine(
              id, ref, time, time, LineStatus.OK, null, "bench@0", WIDTH, HEIGHT, found));
    }
    return lines;
  }
}
