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
 * cameras nor on the machine, and no line is late. At the end of a session, and where time jumps
 * back, the windows that are open are told as far as they are; if the camera comes back, they are
 * told again, complete.
 *
 * <p>A zone goes on under its name when another revision of the scene changes its shape. Where it
 * is gone, everybody who was in it has left it.
 *
 * <p>What a frame shows is held to be so until the next one, for at most {@link
 * Observation#KNOWN_FOR}.
 */
public record CameraAnalytics(AnalyticsOptions options, SceneHistory scenes)
    implements Serializable {
  private static final String WHOLE = "";

  /** Remembers through which revision the last line was seen, and whether it has a ground. */
  private static final String SCENE = "scene";

  private static final double SPEED_SECONDS = 1;

  /** What one line brought about. */
  public record Step(AnalyticsState state, List<AnalyticsRow> rows) {}

  /** Takes one line, in its camera's order. */
  public Step accept(AnalyticsState state, TrackedLine tracked) {
    Instant time = tracked.line().captureTime();
    Observation now = new Observation(tracked, scenes.at(tracked.line().frame().camera(), time));
    boolean wentBack = state.time() != null && time.isBefore(state.time());
    if (!wentBack) {
      return step(new Work(state, now));
    }
    List<AnalyticsRow> rows = new ArrayList<>(tellOpen(state, now));
    Step first = step(new Work(AnalyticsState.START, now));
    rows.addAll(first.rows());
    return new Step(first.state(), rows);
  }

  /** What was open before time jumped back; at the end of a session all of it has been told. */
  private List<AnalyticsRow> tellOpen(AnalyticsState state, Observation now) {
    if (state.cells().isEmpty()) {
      return List.of();
    }
    Work last = new Work(state, now);
    last.end(state.time());
    last.tellOpen();
    return last.rows;
  }

  private static Step step(Work work) {
    work.passTime();
    work.turnToScene();
    work.letGoThoseWhoseTracksAreOver();
    if (work.now.shows()) {
      work.look();
    } else if (work.ends()) {
      work.end(work.now.time());
    }
    return work.step();
  }

  private static String key(String zone, String label) {
    return zone + "\n" + label;
  }

  /** The zone of a key, or its line. */
  private static String zone(String key) {
    return key.substring(0, key.indexOf('\n'));
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
      Instant known = last.seen().plus(Observation.KNOWN_FOR);
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

    /** What belongs to zones and lines that the scene has no longer is over. */
    void turnToScene() {
      Scene scene = now.scene();
      Cell last = memory.get(SCENE);
      if (last != null && last.opening().equals(scene.version())) {
        return;
      }
      for (String key : memory.under("count").names()) {
        if (!zone(key).equals(WHOLE) && scene.zone(zone(key)) == null) {
          letGoAll(before, key);
          memory.under("count").remove(key);
        }
      }
      for (String key : memory.under("line").names()) {
        if (scene.line(zone(key)) == null) {
          memory.under("line").remove(key);
        }
      }
      double metres = scene.ground() == null ? 0 : 1;
      if (last != null && last.x() != metres) {
        panes.values().forEach(pane -> pane.replaceAll((key, tally) -> tally.withoutSpeeds()));
        memory.under("speed").clear();
      }
      memory.put(SCENE, Cell.since(null, scene.version()).at(metres, 0));
    }

    /**
     * They have left, wherever they were, also where the line itself shows nothing; after a
     * silence, when the camera was heard of last.
     */
    void letGoThoseWhoseTracksAreOver() {
      boolean wasSilent =
          before != null && now.hasLasted(before, Observation.KNOWN_FOR.plusNanos(1));
      Instant left = wasSilent ? before : now.time();
      for (String track : now.tracked().ended()) {
        for (String key : memory.under("count").names()) {
          letGo(left, key, track);
        }
        for (TripLine line : now.scene().lines()) {
          for (String label : options.labels()) {
            memory.under("line").under(key(line.name(), label)).remove(track);
          }
        }
        memory.under("speed").remove(track);
        memory.under("seen").remove(track);
      }
    }

    private void letGo(Instant time, String key, String track) {
      Memory stays = memory.under("stay").under(key);
      Cell cell = stays.get(track);
      if (cell != null) {
        stays.remove(track);
        add(time, key, ofStay(Duration.between(cell.since(), cell.seen()).toNanos() / 1e9));
      }
    }

    private void letGoAll(Instant time, String key) {
      memory.under("stay").under(key).names().forEach(track -> letGo(time, key, track));
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
        places.put(sighting.track(), now.placed(Cell.since(now.time(), null), sighting));
        if (from != null && seconds < 2 * SPEED_SECONDS) {
          double speed = now.distance(sighting, from) / seconds;
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
          double seconds =
              Math.min(now.secondsSince(before.seen()), Observation.KNOWN_FOR.toNanos() / 1e9);
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

    boolean ends() {
      return now.line().status() == LineStatus.END;
    }

    /** Everybody has left. */
    void end(Instant time) {
      memory.under("count").names().forEach(key -> letGoAll(time, key));
      memory.clear();
    }

    Step step() {
      for (Window window : options.windows()) {
        long time = now.time().toEpochMilli();
        tell(window, ends() ? time + window.size().toMillis() : time);
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

    /** All windows that the last line was in. */
    void tellOpen() {
      for (Window window : options.windows()) {
        tell(window, before.toEpochMilli() + window.size().toMillis());
      }
    }

    /** Windows of the last line, or after it, whose end has passed. */
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
      Map<String, Tally> sums = new TreeMap<>();
      panes
          .subMap(start, end)
          .values()
          .forEach(pane -> pane.forEach((key, tally) -> sums.merge(key, tally, Tally::with)));
      for (Map.Entry<String, Tally> entry : sums.entrySet()) {
        if (entry.getValue().frames() > 0 || entry.getValue().left() > 0) {
          int cut = entry.getKey().indexOf('\n');
          rows.add(
              row(
                  zone(entry.getKey()),
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

  private static Tally ofStay(double seconds) {
    return new Tally(
        0, 0, 0, 0, Set.of(), 0, 1, Durations.NONE.with(seconds), Map.of(), 0, 0, 0, new float[0]);
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
