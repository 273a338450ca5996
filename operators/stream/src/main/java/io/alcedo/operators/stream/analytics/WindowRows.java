package io.alcedo.operators.stream.analytics;

import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.AnalyticsRow.Crossings;
import io.alcedo.connectors.event.AnalyticsRow.Dwell;
import io.alcedo.connectors.event.AnalyticsRow.Heat;
import io.alcedo.connectors.event.AnalyticsRow.Speed;
import io.alcedo.operators.stream.analytics.AnalyticsOptions.Window;
import io.alcedo.operators.stream.observe.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells the windows of one camera, when a line has come. */
final class WindowRows {
  private final AnalyticsOptions options;
  private final Panes panes;
  private final Instant before;
  private final Observation now;
  private final List<AnalyticsRow> rows = new ArrayList<>(0);

  /**
   * Nothing is told yet.
   *
   * @param before event time of the line before; null if there was none
   * @param now the line
   */
  WindowRows(AnalyticsOptions options, Panes panes, Instant before, Observation now) {
    this.options = options;
    this.panes = panes;
    this.before = before;
    this.now = now;
  }

  /** What was told. */
  List<AnalyticsRow> rows() {
    return rows;
  }

  /** Tells those whose end has passed. */
  void tellEnded() {
    options.windows().forEach(window -> tell(window, now.time().toEpochMilli()));
  }

  /** Tells those that are open at this time too, as far as they are. */
  void tellOpen(Instant time) {
    options
        .windows()
        .forEach(window -> tell(window, time.toEpochMilli() + window.size().toMillis()));
  }

  /** Windows of the line before, or after it, that end at this time or earlier. */
  private void tell(Window window, long until) {
    if (before == null) {
      return;
    }
    long size = window.size().toMillis();
    long slide = window.slide().toMillis();
    long last = before.toEpochMilli();
    long start = (Math.floorDiv(last - size, slide) + 1) * slide;
    while (start + size <= until && start <= last) { // later ones have no frame
      if (start + size > last) {
        tell(start, start + size);
      }
      start += slide;
    }
  }

  private void tell(long start, long end) {
    panes
        .sums(start, end)
        .forEach(
            (key, tally) -> {
              if (tally.frames() > 0 || tally.left() > 0) {
                rows.add(row(key, Instant.ofEpochMilli(start), Instant.ofEpochMilli(end), tally));
              }
            });
  }

  private AnalyticsRow row(String key, Instant start, Instant end, Tally tally) {
    boolean whole = ZoneKey.zone(key).equals(ZoneKey.WHOLE);
    return new AnalyticsRow(
        now.line().frame().camera(),
        whole ? null : ZoneKey.zone(key),
        ZoneKey.label(key),
        start,
        end,
        tally.frames(),
        rounded(tally.seconds()),
        tally.tracks().size(),
        rounded(tally.seconds() == 0 ? 0 : tally.objectSeconds() / tally.seconds()),
        tally.most(),
        tally.entered(),
        tally.left(),
        rounded(tally.dwells().dwell()),
        whole ? crossings(tally) : Map.of(),
        tally.speeds() == 0 ? null : speed(tally),
        whole ? heat(tally) : null);
  }

  private Speed speed(Tally tally) {
    return new Speed(
        rounded(tally.speedSum() / tally.speeds()), rounded(tally.speedMost()), now.unit() + "/s");
  }

  /** All lines of the scene, those that nobody crossed too. */
  private Map<String, Crossings> crossings(Tally tally) {
    Map<String, Crossings> crossings = new HashMap<>(tally.crossings());
    now.scene().lines().forEach(line -> crossings.putIfAbsent(line.name(), new Crossings(0, 0)));
    return crossings;
  }

  private Heat heat(Tally tally) {
    List<Float> seconds = new ArrayList<>();
    float[] of =
        tally.heat().length == 0
            ? new float[options.heatColumns() * options.heatRows()]
            : tally.heat();
    for (float value : of) {
      seconds.add((float) rounded(value));
    }
    return new Heat(options.heatColumns(), seconds);
  }

  private static Dwell rounded(Dwell dwell) {
    return new Dwell(
        dwell.stays(),
        rounded(dwell.p50()),
        rounded(dwell.p90()),
        rounded(dwell.p99()),
        rounded(dwell.max()));
  }

  /** As it is on the wire. */
  private static double rounded(double value) {
    return Math.round(value * 1e3) / 1e3;
  }
}
