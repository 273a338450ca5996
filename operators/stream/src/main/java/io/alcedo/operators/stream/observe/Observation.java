package io.alcedo.operators.stream.observe;

import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.event.TrackedObject;
import io.alcedo.operators.stream.scene.Anchor;
import io.alcedo.operators.stream.scene.Ground;
import io.alcedo.operators.stream.scene.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A line with its tracks, looked at through its camera's scene.
 *
 * @param tracked the line
 * @param scene the camera's zones, lines and ground
 */
public record Observation(TrackedLine tracked, Scene scene) {
  /** What a frame shows is held to be so until the next one, for so long at most. */
  public static final Duration KNOWN_FOR = Duration.ofSeconds(2);

  /** Event time. */
  public Instant time() {
    return line().captureTime();
  }

  /** The line without its tracks. */
  public DetectionLine line() {
    return tracked.line();
  }

  /** Whether the frame was looked at; if not, it shows nothing and disproves nothing. */
  public boolean shows() {
    return line().status() == LineStatus.OK;
  }

  /** Seconds for which something has lasted. */
  public double secondsSince(Instant since) {
    return Duration.between(since, time()).toNanos() / 1e9;
  }

  /** Whether something has lasted so long. */
  public boolean hasLasted(Instant since, Duration duration) {
    return Duration.between(since, time()).compareTo(duration) >= 0;
  }

  /** Confirmed objects that are meant, wherever they are. */
  public List<Sighting> of(ObjectFilter filter) {
    List<Sighting> sightings = new ArrayList<>(tracked.objects().size());
    for (TrackedObject object : tracked.objects()) {
      boolean old = hasLasted(object.opened(), filter.minAge());
      DetectedObject seen = object.object();
      if (object.confirmed() && old && filter.isAbout(seen.label(), seen.score())) {
        Anchor.Place place = filter.anchor().of(seen);
        sightings.add(
            new Sighting(
                seen.id(),
                object.track(),
                seen.label(),
                seen.score(),
                object.opened(),
                place.x(),
                place.y(),
                seen.box().height()));
      }
    }
    return sightings;
  }

  /**
   * Those of them that are in a zone.
   *
   * @param zone its name; null for all
   */
  public List<Sighting> inZone(ObjectFilter filter, String zone) {
    if (zone == null) {
      return of(filter);
    }
    return of(filter).stream().filter(sighting -> isInZone(zone, sighting)).toList();
  }

  /**
   * Whether an object is in a zone.
   *
   * @param zone its name; null is all
   */
  public boolean isInZone(String zone, Sighting sighting) {
    return zone == null
        || scene.zone(zone).contains(sighting.x(), sighting.y(), line().width(), line().height());
  }

  /**
   * A cell that remembers where an object is, as parts of the picture: cameras change their
   * resolution.
   */
  public Cell placed(Cell cell, Sighting sighting) {
    return cell.at(sighting.x() / width(), sighting.y() / height());
  }

  /** The place that a cell remembers, px of this line's picture. */
  public Anchor.Place place(Cell cell) {
    return new Anchor.Place(cell.x() * width(), cell.y() * height());
  }

  private double width() {
    return Math.max(1, line().width());
  }

  private double height() {
    return Math.max(1, line().height());
  }

  /** From the place that a cell remembers to an object, as below. */
  public double distance(Sighting sighting, Cell from) {
    Anchor.Place place = place(from);
    return distance(sighting, place.x(), place.y());
  }

  /** From a place to an object: m where the ground is known, else heights of the object. */
  public double distance(Sighting sighting, double x, double y) {
    Ground ground = scene.ground();
    return ground == null
        ? Math.hypot(sighting.x() - x, sighting.y() - y) / Math.max(1, sighting.height())
        : ground.metres(sighting.x(), sighting.y(), x, y, line().width(), line().height());
  }

  /** What {@link #distance} counts. */
  public String unit() {
    return scene.ground() == null ? "heights" : "m";
  }
}
