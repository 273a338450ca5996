package io.alcedo.connectors.simulation;

import io.alcedo.connectors.simulation.render.ImagePoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows the anchors of all objects of one camera from frame to frame. Objects that something
 * hides are followed too; an object whose anchor leaves the picture or the world leaves its zones.
 */
final class EventWatcher {
  private final GroundTruthRules rules;
  private Map<Integer, Followed> followed = new HashMap<>();

  EventWatcher(GroundTruthRules rules) {
    this.rules = rules;
  }

  /** An object's anchor in the present frame. */
  record Anchor(int track, String identity, ImagePoint place) {}

  private static final class Followed {
    private final Anchor anchor;
    private final Map<String, Duration> since = new HashMap<>();
    private final Map<String, Boolean> dwelt = new HashMap<>();

    Followed(Anchor anchor) {
      this.anchor = anchor;
    }
  }

  /** Events of the next frame. */
  List<TruthEvent> next(Duration now, List<Anchor> anchors) {
    List<TruthEvent> events = new ArrayList<>();
    Map<Integer, Followed> current = new HashMap<>();
    for (Anchor anchor : anchors) {
      Followed before = followed.remove(anchor.track());
      Followed after = new Followed(anchor);
      for (GroundTruthRules.Zone zone : rules.zones()) {
        inZone(zone, before, after, now, events);
      }
      if (before != null) {
        crossed(before.anchor, anchor, events);
      }
      current.put(anchor.track(), after);
    }
    followed.values().stream()
        .sorted((a, b) -> Integer.compare(a.anchor.track(), b.anchor.track()))
        .forEach(gone -> leaveAll(gone, now, events));
    followed = current;
    return events;
  }

  private static void inZone(
      GroundTruthRules.Zone zone,
      Followed before,
      Followed after,
      Duration now,
      List<TruthEvent> events) {
    Duration since = before == null ? null : before.since.get(zone.name());
    Anchor anchor = after.anchor;
    if (!zone.contains(anchor.place())) {
      if (since != null) {
        events.add(event(TruthEvent.Type.LEFT_ZONE, zone.name(), anchor, now.minus(since)));
      }
      return;
    }
    if (since == null) {
      since = now;
      events.add(event(TruthEvent.Type.ENTERED_ZONE, zone.name(), anchor, Duration.ZERO));
    }
    after.since.put(zone.name(), since);
    boolean already = before != null && before.dwelt.getOrDefault(zone.name(), false);
    boolean dwelt = now.minus(since).compareTo(zone.dwell()) >= 0;
    if (dwelt && !already) {
      events.add(event(TruthEvent.Type.DWELT, zone.name(), anchor, now.minus(since)));
    }
    after.dwelt.put(zone.name(), dwelt);
  }

  private void crossed(Anchor before, Anchor after, List<TruthEvent> events) {
    for (GroundTruthRules.Line line : rules.lines()) {
      TruthEvent.Direction direction = line.crossing(before.place(), after.place());
      if (direction != TruthEvent.Direction.NONE) {
        events.add(
            new TruthEvent(
                TruthEvent.Type.CROSSED_LINE,
                line.name(),
                after.track(),
                after.identity(),
                direction,
                Duration.ZERO));
      }
    }
  }

  private void leaveAll(Followed gone, Duration now, List<TruthEvent> events) {
    for (GroundTruthRules.Zone zone : rules.zones()) {
      Duration since = gone.since.get(zone.name());
      if (since != null) {
        events.add(event(TruthEvent.Type.LEFT_ZONE, zone.name(), gone.anchor, now.minus(since)));
      }
    }
  }

  private static TruthEvent event(
      TruthEvent.Type type, String rule, Anchor anchor, Duration inZone) {
    return new TruthEvent(
        type, rule, anchor.track(), anchor.identity(), TruthEvent.Direction.NONE, inZone);
  }
}
