package io.alcedo.connectors.event;

import java.io.Serializable;
import java.time.Instant;

/**
 * Alerts are raised as ever, and nobody is told of those that are raised in a stretch of time.
 *
 * @param rule id of the rule; null = all
 * @param camera null = all
 * @param from event time
 * @param until event time, not included; the time of the end of an earlier one is set by another of
 *     the same rule and camera
 * @param by who asked for it
 */
public record Snooze(String rule, String camera, Instant from, Instant until, String by)
    implements Serializable {

  /** Rule and camera: a later snooze of the same takes its place. */
  public String key() {
    return (rule == null ? "*" : rule) + "/" + (camera == null ? "*" : camera);
  }

  /** Whether nobody is told of an alert. One that is fired by hand is never silent. */
  public boolean silences(Alert alert) {
    Instant raised = alert.raisedAt();
    return !alert.test()
        && (rule == null || rule.equals(alert.rule().replaceFirst("@[0-9]+$", "")))
        && (camera == null || camera.equals(alert.camera()))
        && !raised.isBefore(from)
        && raised.isBefore(until);
  }
}
