package io.alcedo.operators.stream.scene;

import java.io.Serializable;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One revision of what a camera looks at, as it is written in YAML.
 *
 * @param camera whose; absent = of all cameras that have no scene of their own
 * @param revision counts from 1; default 1
 * @param effectiveFrom event time from which this revision holds; default: always
 * @param zones polygons
 * @param lines that may be crossed
 * @param ground for metres and speed; or null
 */
public record Scene(
    String camera,
    Integer revision,
    Instant effectiveFrom,
    List<Zone> zones,
    List<TripLine> lines,
    Ground ground)
    implements Serializable {
  /** Nothing is known. */
  public static final Scene EMPTY = new Scene(null, null, null, null, null, null);

  public Scene {
    revision = revision == null ? 1 : revision;
    Checks.require(revision >= 1, "revision is %d, expected 1 or more".formatted(revision));
    effectiveFrom = effectiveFrom == null ? Instant.EPOCH : effectiveFrom;
    zones = zones == null ? List.of() : List.copyOf(zones);
    lines = lines == null ? List.of() : List.copyOf(lines);
    requireNoTwins("zones", zones.stream().map(Zone::name).toList());
    requireNoTwins("lines", lines.stream().map(TripLine::name).toList());
  }

  private static void requireNoTwins(String key, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      Checks.require(seen.add(name), "%s has two called '%s'".formatted(key, name));
    }
  }

  /** camera@revision. */
  public String version() {
    return (camera == null ? CameraSpec.ALL : camera) + "@" + revision;
  }

  /** The zone of a name; null if there is none. */
  public Zone zone(String name) {
    return zones.stream().filter(zone -> zone.name().equals(name)).findFirst().orElse(null);
  }

  /** The line of a name; null if there is none. */
  public TripLine line(String name) {
    return lines.stream().filter(line -> line.name().equals(name)).findFirst().orElse(null);
  }
}
