package io.alcedo.operators.stream.analytics;

import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.AnalyticsRow.Crossings;
import io.alcedo.connectors.event.AnalyticsRow.Heat;
import io.alcedo.connectors.event.AnalyticsRow.Speed;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.analytics.AnalyticsOptions.Window;
import io.alcedo.operators.stream.analytics.AnalyticsState.Pane;
import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.LineCrossings;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.ObjectFilter;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.observe.Sighting;
import io.alcedo.operators.stream.observe.Stays;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
import io.alcedo.operators.stream.scene.TripLine;
import io.alcedo.operators.stream.scene.TripLine.Direction;
import io.alcedo.operators.stream.scene.Zone;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sums up the lines of one camera in windows of event time. A pure fold in sequence order: a window
 * is told when the camera's own time has passed its end, so the result depends neither on other
 * cameras nor on the machine, and no line is late. At the end of a session the windows that are
 * open are told as far as they are; if the camera comes back, they are told again, complete.
 *
 * <p>What a frame shows is held to be so until the next one, for at most {@link #KNOWN_FOR}.
 */
public record CameraAnalytics(AnalyticsOptions options, SceneHistory scenes)
    implements Serializable {
  /** How long a frame says what is there. */
  static final Duration KNOWN_FOR = Duration.ofSeconds(2);

  private static final String WHOLE = "";
  private static final double SPEED_SECONDS = 1;

  /** What one line brought about. */
  public record Step(AnalyticsState state, List<AnalyticsRow> rows) {}

  /** Takes one line, in its camera's order. */
  public Step accept(AnalyticsState state, TrackedLine tracked) {
    Instant now = tracked.line().captureTime();
    boolean wentBack = state.time() != null && now.isBefore(state.time());
    AnalyticsState before = wentBack ? AnalyticsState.START : state;
    String camera = tracked.line().frame().camera();
    Work work = new Work(before, new Observation(tracked, scenes.at(camera, now)));
    work.passTime();
    if (work.now.shows()) {
      work.look();
    } else if (tracked.line().status() == LineStatus.END) {
      work.end();
    }
    return work.step();
  }

  private static String key(String zone, String label) {
    return zone + "\n" + label;
  }

  /** A line being taken. */
  private final class Work {
    private final Observation now;
    private final Instant before;
    private final Memory memory;
    private final TreeMap<Long, Map<String, Tally>> panes = new TreeMap<>();
    private final List<AnalyticsRow> rows = new ArrayList<>(0);

    Work(AnalyticsState state, Observation now) {
      this.now = now;
      this.before = state.time();
      this.memory = Memory.of(state.cells());
      state.panes().forEach(pane -> panes.put(pane.start(), new HashMap<>(pane.tallies())));
    }

    private List<String> zones() {
      List<String> zones = new ArrayList<>(List.of(WHOLE));
      now.scene().zones().stream().map(Zone::name).forEach(zones::add);
      return zones;
    }

    private void add(Instant time, String key, Tally tally) {
      long pane = Math.floorDiv(time.toEpochMilli(), options.paneMillis()) * options.paneMillis();
      panes.computeIfAbsent(pane, unused -> new HashMap<>()).merge(key, tally, Tally::with);
    }

    /** What the last frame showed has been so until now. */
    void passTime() {
      Cell last = memory.get("shown");
      if (last == null) {
        return;
      }
      Instant known = last.seen().plus(KNOWN_FOR);
      Instant until = now.time().isBefore(known) ? now.time() : known;
      Instant from = last.since(); // up to here it is added already
      while (from.isBefore(until)) {
        Instant next =
            Instant.ofEpochMilli(
                (Math.floorDiv(from.toEpochMilli(), options.paneMillis()) + 1)
                    * options.paneMillis());
        Instant to = next.isBefore(until) ? next : until;
        double seconds = Duration.between(from, to).toNanos() / 1e9;
        for (String key : memory.under("count").names()) {
          Cell count = memory.under("count").get(key);
          add(from, key, ofTime(seconds, (int) count.x()));
        }
        from = to;
      }
      memory.put("shown", new Cell(0, from, last.seen(), null, 0, 0));
    }

    void look() {
      for (String label : options.labels()) {
        ObjectFilter filter =
            new ObjectFilter(List.of(label), options.minScore(), Duration.ZERO, options.anchor());
        for (String zone : zones()) {
          inZone(filter, zone, key(zone, label));
        }
        acrossLines(filter, label);
        List<Sighting> all = now.of(filter);
        speeds(all, label);
        heat(all, label);
      }
      forgetThoseWhoseTracksAreOver();
      memory.put("shown", Cell.since(now.time(), null));
    }

    private void inZone(ObjectFilter filter, String zone, String key) {
      String name = zone.equals(WHOLE) ? null : zone;
      Stays stays =
          Stays.step(filter, name, options.tolerance(), now, memory.under("stay").under(key));
      Durations dwells = Durations.NONE;
      for (Stays.Stay stay : stays.over()) {
        Instant since = stay.cell().since();
        dwells = dwells.with(Duration.between(since, stay.cell().seen()).toNanos() / 1e9);
      }
      List<Sighting> inside = now.inZone(filter, name);
      Set<String> tracks = Set.copyOf(inside.stream().map(Sighting::track).toList());
      add(
          now.time(),
          key,
          new Tally(
              now.shows() ? 1 : 0,
              0,
              0,
              inside.size(),
              tracks,
              stays.begun().size(),
              stays.over().size(),
              dwells,
              Map.of(),
              0,
              0,
              0,
              new float[0]));
      memory.under("count").put(key, Cell.since(null, null).at(inside.size(), 0));
    }

    private void acrossLines(ObjectFilter filter, String label) {
      for (TripLine line : now.scene().lines()) {
        Memory sides = memory.under("line").under(key(line.name(), label));
        LineCrossings.step(filter, line.name(), options.margin(), now, sides)
            .forEach(
                crossed -> {
                  boolean right = crossed.direction() == Direction.LEFT_TO_RIGHT;
                  Crossings one = right ? new Crossings(1, 0) : new Crossings(0, 1);
                  add(now.time(), key(WHOLE, label), ofCrossing(line.name(), one));
                });
      }
    }

    private void speeds(List<Sighting> sightings, String label) {
      Memory places = memory.under("speed");
      for (Sighting sighting : sightings) {
        Cell from = places.get(sighting.track());
        double seconds = from == null ? 0 : now.secondsSince(from.since());
        if (from != null && seconds < SPEED_SECONDS) {
          continue;
        }
        places.put(sighting.track(), Cell.since(now.time(), null).at(sighting.x(), sighting.y()));
        if (from != null && seconds < 2 * SPEED_SECONDS) {
          double speed = now.distance(sighting, from.x(), from.y()) / seconds;
          for (String zone : zones()) {
            if (now.isInZone(zone.equals(WHOLE) ? null : zone, sighting)) {
              add(now.time(), key(zone, label), ofSpeed(speed));
            }
          }
        }
      }
    }

    /** The time since the last frame goes to where an object of both is now. */
    private void heat(List<Sighting> sightings, String label) {
      Memory seen = memory.under("seen");
      Cell last = memory.get("shown");
      float[] heat = new float[options.heatColumns() * options.heatRows()];
      boolean any = false;
      for (Sighting sighting : sightings) {
        Cell before = seen.get(sighting.track());
        boolean inBoth = before != null && last != null && before.seen().equals(last.seen());
        if (inBoth) {
          double seconds = Math.min(now.secondsSince(before.seen()), KNOWN_FOR.toNanos() / 1e9);
          heat[cell(sighting)] += (float) seconds;
          any = true;
        }
        seen.put(sighting.track(), Cell.since(now.time(), null));
      }
      if (any) {
        add(now.time(), key(WHOLE, label), ofHeat(heat));
      }
    }

    private int cell(Sighting sighting) {
      int column = part(sighting.x(), now.line().width(), options.heatColumns());
      int row = part(sighting.y(), now.line().height(), options.heatRows());
      return row * options.heatColumns() + column;
    }

    private static int part(double place, int size, int parts) {
      return Math.max(0, Math.min(parts - 1, (int) (place / Math.max(1, size) * parts)));
    }

    private void forgetThoseWhoseTracksAreOver() {
      for (String track : now.tracked().ended()) {
        memory.under("speed").remove(track);
        memory.under("seen").remove(track);
      }
    }

    /** Everybody has left; what is open is told. */
    void end() {
      for (String label : options.labels()) {
        ObjectFilter filter =
            new ObjectFilter(List.of(label), options.minScore(), Duration.ZERO, options.anchor());
        for (String zone : zones()) {
          String key = key(zone, label);
          if (memory.under("count").get(key) != null) {
            inZone(filter, zone, key);
          }
        }
      }
      memory.clear();
    }

    Step step() {
      boolean ends = now.line().status() == LineStatus.END;
      for (Window window : options.windows()) {
        tell(window, ends);
      }
      long longest =
          options.windows().stream().mapToLong(window -> window.size().toMillis()).max().orElse(0);
      panes.headMap(now.time().toEpochMilli() - longest - options.paneMillis()).clear();
      List<Pane> kept = new ArrayList<>();
      panes.forEach((start, tallies) -> kept.add(new Pane(start, tallies)));
      AnalyticsState state =
          new AnalyticsState(AnalyticsState.VERSION, now.time(), memory.cells(), kept);
      return new Step(state, rows);
    }

    /** Windows whose end has passed since the last line; at a session's end the open ones too. */
    private void tell(Window window, boolean ends) {
      if (before == null) {
        return;
      }
      long size = window.size().toMillis();
      long slide = window.slide().toMillis();
      long last = before.toEpochMilli();
      long until = ends ? now.time().toEpochMilli() + size : now.time().toEpochMilli();
      long start = (Math.floorDiv(last - size, slide) + 1) * slide;
      while (start + size <= until && start <= last) { // later ones have no frame
        if (start + size > last) {
          tell(start, start + size);
        }
        start += slide;
      }
    }

    private void tell(long start, long end) {
      Map<String, Tally> sums = new TreeMap<>();
      panes
          .subMap(start, end)
          .values()
          .forEach(pane -> pane.forEach((key, tally) -> sums.merge(key, tally, Tally::with)));
      for (Map.Entry<String, Tally> entry : sums.entrySet()) {
        if (entry.getValue().frames() > 0) {
          int cut = entry.getKey().indexOf('\n');
          rows.add(
              row(
                  entry.getKey().substring(0, cut),
                  entry.getKey().substring(cut + 1),
                  Instant.ofEpochMilli(start),
                  Instant.ofEpochMilli(end),
                  entry.getValue()));
        }
      }
    }

    private AnalyticsRow row(String zone, String label, Instant start, Instant end, Tally tally) {
      boolean whole = zone.equals(WHOLE);
      Speed speed =
          tally.speeds() == 0
              ? null
              : new Speed(
                  rounded(tally.speedSum() / tally.speeds()),
                  rounded(tally.speedMost()),
                  now.unit() + "/s");
      return new AnalyticsRow(
          now.line().frame().camera(),
          whole ? null : zone,
          label,
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
          speed,
          whole ? heat(tally) : null);
    }

    /** All lines of the scene, those that nobody crossed too. */
    private Map<String, Crossings> crossings(Tally tally) {
      Map<String, Crossings> crossings = new HashMap<>(tally.crossings());
      Scene scene = now.scene();
      scene.lines().forEach(line -> crossings.putIfAbsent(line.name(), new Crossings(0, 0)));
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
  }

  private static AnalyticsRow.Dwell rounded(AnalyticsRow.Dwell dwell) {
    return new AnalyticsRow.Dwell(
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

  private static Tally ofTime(double seconds, int objects) {
    return new Tally(
        0,
        seconds,
        seconds * objects,
        0,
        Set.of(),
        0,
        0,
        Durations.NONE,
        Map.of(),
        0,
        0,
        0,
        new float[0]);
  }

  private static Tally ofCrossing(String line, Crossings one) {
    return new Tally(
        0, 0, 0, 0, Set.of(), 0, 0, Durations.NONE, Map.of(line, one), 0, 0, 0, new float[0]);
  }

  private static Tally ofSpeed(double speed) {
    return new Tally(
        0, 0, 0, 0, Set.of(), 0, 0, Durations.NONE, Map.of(), 1, speed, speed, new float[0]);
  }

  private static Tally ofHeat(float[] heat) {
    return new Tally(0, 0, 0, 0, Set.of(), 0, 0, Durations.NONE, Map.of(), 0, 0, 0, heat);
  }
}
