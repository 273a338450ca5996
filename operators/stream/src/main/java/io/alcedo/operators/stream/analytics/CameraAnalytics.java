package io.alcedo.operators.stream.analytics;

import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.AnalyticsRow.Crossings;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.TrackedLine;
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
import java.util.List;
import java.util.Set;

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
    last.rows.tellOpen(state.time());
    return last.rows.rows();
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

  /** A line being taken. */
  private final class Work {
    private final Observation now;
    private final Instant before;
    private final Memory memory;
    private final Panes panes;
    private final WindowRows rows;

    Work(AnalyticsState state, Observation now) {
      this.now = now;
      this.before = state.time();
      this.memory = Memory.of(state.cells());
      this.panes = new Panes(options.paneMillis(), state.panes());
      this.rows = new WindowRows(options, panes, before, now);
    }

    private List<String> zones() {
      List<String> zones = new ArrayList<>(List.of(ZoneKey.WHOLE));
      now.scene().zones().stream().map(Zone::name).forEach(zones::add);
      return zones;
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
        Instant next = panes.endOf(from);
        Instant to = next.isBefore(until) ? next : until;
        double seconds = Duration.between(from, to).toNanos() / 1e9;
        for (String key : memory.under("count").names()) {
          Cell count = memory.under("count").get(key);
          panes.add(from, key, Tally.ofTime(seconds, (int) count.x()));
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
        if (!ZoneKey.zone(key).equals(ZoneKey.WHOLE) && scene.zone(ZoneKey.zone(key)) == null) {
          letGoAll(before, key);
          memory.under("count").remove(key);
        }
      }
      for (String key : memory.under("line").names()) {
        if (scene.line(ZoneKey.zone(key)) == null) {
          memory.under("line").remove(key);
        }
      }
      double metres = scene.ground() == null ? 0 : 1;
      if (last != null && last.x() != metres) {
        panes.forgetSpeeds();
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
            memory.under("line").under(ZoneKey.of(line.name(), label)).remove(track);
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
        panes.add(
            time, key, Tally.ofStay(Duration.between(cell.since(), cell.seen()).toNanos() / 1e9));
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
          inZone(filter, zone, ZoneKey.of(zone, label));
        }
        acrossLines(filter, label);
        List<Sighting> all = now.of(filter);
        speeds(all, label);
        heat(all, label);
      }
      memory.put("shown", Cell.since(now.time(), null));
    }

    private void inZone(ObjectFilter filter, String zone, String key) {
      String name = zone.equals(ZoneKey.WHOLE) ? null : zone;
      Stays stays =
          Stays.step(filter, name, options.tolerance(), now, memory.under("stay").under(key));
      Durations dwells = Durations.NONE;
      for (Stays.Stay stay : stays.over()) {
        Instant since = stay.cell().since();
        dwells = dwells.with(Duration.between(since, stay.cell().seen()).toNanos() / 1e9);
      }
      List<Sighting> inside = now.inZone(filter, name);
      Set<String> tracks = Set.copyOf(inside.stream().map(Sighting::track).toList());
      panes.add(
          now.time(),
          key,
          Tally.ofFrame(inside.size(), tracks, stays.begun().size(), stays.over().size(), dwells));
      memory.under("count").put(key, Cell.since(null, null).at(inside.size(), 0));
    }

    private void acrossLines(ObjectFilter filter, String label) {
      for (TripLine line : now.scene().lines()) {
        Memory sides = memory.under("line").under(ZoneKey.of(line.name(), label));
        LineCrossings.step(filter, line.name(), options.margin(), now, sides)
            .forEach(
                crossed -> {
                  boolean right = crossed.direction() == Direction.LEFT_TO_RIGHT;
                  Crossings one = right ? new Crossings(1, 0) : new Crossings(0, 1);
                  panes.add(
                      now.time(),
                      ZoneKey.of(ZoneKey.WHOLE, label),
                      Tally.ofCrossing(line.name(), one));
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
            if (now.isInZone(zone.equals(ZoneKey.WHOLE) ? null : zone, sighting)) {
              panes.add(now.time(), ZoneKey.of(zone, label), Tally.ofSpeed(speed));
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
        panes.add(now.time(), ZoneKey.of(ZoneKey.WHOLE, label), Tally.ofHeat(heat));
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
      if (ends()) {
        rows.tellOpen(now.time());
      } else {
        rows.tellEnded();
      }
      long longest =
          options.windows().stream().mapToLong(window -> window.size().toMillis()).max().orElse(0);
      panes.forgetBefore(now.time(), longest);
      AnalyticsState state =
          new AnalyticsState(AnalyticsState.VERSION, now.time(), memory.cells(), panes.all());
      return new Step(state, rows.rows());
    }
  }
}
