package io.alcedo.operators.stream.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One revision of a rule, as it is written in YAML.
 *
 * @param id stays the same over all revisions
 * @param revision counts from 1; default 1
 * @param effectiveFrom event time from which this revision holds; default: always
 * @param type which state machine
 * @param cameras which cameras; empty or absent = all
 * @param label which class of objects
 * @param zone where
 * @param anchor which point of an object's box must be inside; default its bottom centre
 * @param minScore objects count from this score on; default 0.5
 * @param duration how long the condition must hold
 * @param gapTolerance how long it may fail without being over (single frames miss people); default
 *     1 s
 * @param cooldown silence after an alert; default 30 s
 * @param severity default warning
 */
public record RuleSpec(
    String id,
    Integer revision,
    Instant effectiveFrom,
    Type type,
    List<String> cameras,
    String label,
    Zone zone,
    Anchor anchor,
    Double minScore,
    Duration duration,
    Duration gapTolerance,
    Duration cooldown,
    Severity severity)
    implements Serializable {

  /** Which state machine a rule is. */
  public enum Type {
    /** {@link ZoneDwell}. */
    @JsonProperty("zone-dwell")
    ZONE_DWELL("zone-dwell");

    private final String code;

    Type(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  /** A point of a box. */
  public enum Anchor {
    /** Where an upright object touches the ground. */
    @JsonProperty("bottom-center")
    BOTTOM_CENTER("bottom-center"),
    @JsonProperty("center")
    CENTER("center");

    private final String code;

    Anchor(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  /** How much an alert matters. */
  public enum Severity {
    @JsonProperty("info")
    INFO("info"),
    @JsonProperty("warning")
    WARNING("warning"),
    @JsonProperty("critical")
    CRITICAL("critical");

    private final String code;

    Severity(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  public RuleSpec {
    require(
        id != null && id.matches("[A-Za-z0-9._-]{1,128}"),
        "id",
        id,
        "1 to 128 letters, digits, '.', '_' or '-'");
    revision = revision == null ? 1 : revision;
    require(revision >= 1, "revision", revision, "1 or more");
    effectiveFrom = effectiveFrom == null ? Instant.EPOCH : effectiveFrom;
    require(type != null, "type", type, "zone-dwell");
    cameras = cameras == null ? List.of() : List.copyOf(cameras);
    require(
        label != null && !label.isBlank(), "label", label, "a class of the model, as in person");
    require(zone != null, "zone", zone, "a block of name, unit and points");
    anchor = anchor == null ? Anchor.BOTTOM_CENTER : anchor;
    minScore = minScore == null ? 0.5 : minScore;
    require(minScore >= 0 && minScore <= 1, "minScore", minScore, "0 to 1");
    require(
        duration != null && !duration.isNegative(), "duration", duration, "a duration such as 5s");
    gapTolerance = gapTolerance == null ? Duration.ofSeconds(1) : gapTolerance;
    cooldown = cooldown == null ? Duration.ofSeconds(30) : cooldown;
    severity = severity == null ? Severity.WARNING : severity;
  }

  private static void require(boolean holds, String key, Object found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s is %s, expected %s".formatted(key, found == null ? "missing" : found, expected));
    }
  }

  /** rule@revision. */
  public String version() {
    return id + "@" + revision;
  }

  /** Whether the rule watches a camera. */
  public boolean covers(String camera) {
    return cameras.isEmpty() || cameras.contains(camera);
  }
}
