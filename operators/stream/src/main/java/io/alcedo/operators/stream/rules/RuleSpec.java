package io.alcedo.operators.stream.rules;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.operators.stream.control.Revised;
import io.alcedo.operators.stream.control.Revisions;
import io.alcedo.operators.stream.scene.Scene;
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
 * @param enabled whether it watches at all; default true
 * @param cameras which cameras; empty or absent = all whose scenes have what the rule names
 * @param when the condition
 * @param schedule when it may raise alerts; absent = always
 * @param onePer what has one alert at a time; default the camera
 * @param cooldown from one alert until the next of the same; default 30 s
 * @param severity default warning
 */
public record RuleSpec(
    String id,
    Integer revision,
    Instant effectiveFrom,
    Boolean enabled,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> cameras,
    ConditionSpec when,
    Schedule schedule,
    OnePer onePer,
    Duration cooldown,
    Severity severity)
    implements Revised, Serializable {
  /** Rules as their topic has them. */
  public static final Revisions<RuleSpec> REVISIONS =
      new Revisions<>(Topic.RULES, "rule", RuleSpec.class);

  /** What has one alert at a time. */
  public enum OnePer {
    /** While an alert of the rule is open in a camera, or cools down, there is no other. */
    @JsonProperty("camera")
    CAMERA("camera"),
    /** Each track has alerts of its own. */
    @JsonProperty("track")
    TRACK("track");

    private final String code;

    OnePer(String code) {
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
    enabled = enabled == null || enabled;
    cameras = cameras == null ? List.of() : List.copyOf(cameras);
    require(when != null, "when", when, "a condition: a block with type");
    onePer = onePer == null ? OnePer.CAMERA : onePer;
    cooldown = cooldown == null ? Duration.ofSeconds(30) : cooldown;
    severity = severity == null ? Severity.WARNING : severity;
  }

  private static void require(boolean holds, String key, Object found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s is %s, expected %s".formatted(key, found == null ? "missing" : found, expected));
    }
  }

  /** Whether the rule watches a camera that looks at a scene. */
  public boolean covers(String camera, Scene scene) {
    return enabled
        && (cameras.isEmpty() || cameras.contains(camera))
        && when.zones().stream().allMatch(zone -> scene.zone(zone) != null)
        && when.lines().stream().allMatch(line -> scene.line(line) != null);
  }
}
