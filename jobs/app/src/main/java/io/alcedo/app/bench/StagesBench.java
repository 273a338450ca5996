package io.alcedo.app.bench;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.operators.stream.analytics.AnalyticsState;
import io.alcedo.operators.stream.analytics.CameraAnalytics;
import io.alcedo.operators.stream.rules.CameraRules;
import io.alcedo.operators.stream.rules.RuleHistory;
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

/**
 * What following, rules and analytics cost a frame: CPU time of the one thread that runs them, over
 * people who walk at random.
 */
public final class StagesBench {
  private static final int RATE = 10;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final WalkerRules SETTING = WalkerRules.USUAL;

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
    Walkers walkers = new Walkers(objects, RATE, objects);
    List<DetectionLine> lines = new ArrayList<>(frames);
    for (int frame = 0; frame < frames; frame++) {
      lines.add(
          walkers.next(
              new FrameId("bench", "bench", frame), START.plusMillis(1000L * frame / RATE)));
    }
    return lines;
  }
}
