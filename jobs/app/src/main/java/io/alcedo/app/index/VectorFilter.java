package io.alcedo.app.index;

import java.time.Instant;
import java.util.Set;

/**
 * Which vectors a search looks at: those that fit every part.
 *
 * @param cameras one of these; empty: any
 * @param labels one of these; empty: any
 * @param track null: any
 * @param notTrack not of this one; null: none is left out
 * @param zone in which the object was; null: anywhere
 * @param from captured at this time or later; null: since ever
 * @param to captured before this time; null: until now
 */
public record VectorFilter(
    Set<String> cameras,
    Set<String> labels,
    String track,
    String notTrack,
    String zone,
    Instant from,
    Instant to) {
  /** Looks at everything. */
  public static final VectorFilter ALL =
      new VectorFilter(Set.of(), Set.of(), null, null, null, null, null);

  public VectorFilter {
    cameras = Set.copyOf(cameras);
    labels = Set.copyOf(labels);
  }

  /** Only of these cameras. */
  public VectorFilter ofCameras(String... names) {
    return new VectorFilter(Set.of(names), labels, track, notTrack, zone, from, to);
  }

  /** Only of these classes. */
  public VectorFilter ofLabels(String... names) {
    return new VectorFilter(cameras, Set.of(names), track, notTrack, zone, from, to);
  }

  /** Only of one track. */
  public VectorFilter ofTrack(String id) {
    return new VectorFilter(cameras, labels, id, notTrack, zone, from, to);
  }

  /** Not of one track. */
  public VectorFilter notOfTrack(String id) {
    return new VectorFilter(cameras, labels, track, id, zone, from, to);
  }

  /** Only of objects in a zone. */
  public VectorFilter inZone(String name) {
    return new VectorFilter(cameras, labels, track, notTrack, name, from, to);
  }

  /** Only captured in this time. */
  public VectorFilter between(Instant first, Instant end) {
    return new VectorFilter(cameras, labels, track, notTrack, zone, first, end);
  }

  /** Whether a search looks at this vector. */
  public boolean accepts(VectorFacts facts) {
    return (cameras.isEmpty() || cameras.contains(facts.camera()))
        && (labels.isEmpty() || labels.contains(facts.label()))
        && (track == null || track.equals(facts.track()))
        && !facts.track().equals(notTrack)
        && (zone == null || facts.zones().contains(zone))
        && (from == null || !facts.captureTime().isBefore(from))
        && (to == null || facts.captureTime().isBefore(to));
  }
}
