package io.alcedo.connectors.event;

import io.alcedo.connectors.geometry.Box;
import java.time.Instant;
import java.util.List;

/**
 * A rule's condition came true, or is true no longer, or somebody has seen to it.
 *
 * @param id hash of rule@revision, de-duplication key and opening detection: the same in every run,
 *     and the same when it is acknowledged or resolved
 * @param state whether it is raised, acknowledged or resolved
 * @param test whether somebody fired it by hand to see whether it arrives
 * @param rule rule@revision
 * @param type what kind of rule fired
 * @param severity info, warning or critical
 * @param camera where
 * @param zone the zone's name, null where the rule has none
 * @param line the line's name, null where the rule has none
 * @param track the object that it is about, null where it is about the camera
 * @param frame the frame at which it was raised or resolved; when acknowledged, raised
 * @param ref where that frame's bytes lie
 * @param captureTime event time of that frame
 * @param since event time from which the condition held; when acknowledged or resolved, at which it
 *     was raised
 * @param message one sentence for people
 * @param objects those concerned, in that frame
 * @param by who acknowledged or fired it, null where nobody did
 */
public record Alert(
    String id,
    State state,
    boolean test,
    String rule,
    String type,
    String severity,
    String camera,
    String zone,
    String line,
    String track,
    FrameId frame,
    FrameRef ref,
    Instant captureTime,
    Instant since,
    String message,
    List<Subject> objects,
    String by) {

  /** Where an alert stands. */
  public enum State {
    RAISED("raised"),
    ACKNOWLEDGED("acknowledged"),
    RESOLVED("resolved");

    private final String code;

    State(String code) {
      this.code = code;
    }

    /**
     * The state of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static State ofCode(String code) {
      for (State state : values()) {
        if (state.code.equals(code)) {
          return state;
        }
      }
      throw new IllegalArgumentException(
          "state is %s, expected raised, acknowledged or resolved".formatted(code));
    }

    @Override
    public String toString() {
      return code;
    }
  }

  /**
   * An object that an alert is about.
   *
   * @param id of the detection
   * @param track id of its track
   * @param label class name
   * @param score 0 to 1
   * @param box px of the original frame
   */
  public record Subject(String id, String track, String label, double score, Box box) {}

  public Alert {
    objects = List.copyOf(objects);
  }

  /** Names what is told: a receiver that has seen it may drop it. */
  public String key() {
    return id + "-" + state;
  }

  /** Event time at which it was raised. */
  public Instant raisedAt() {
    return state == State.RAISED ? captureTime : since;
  }

  /** The same, seen to by somebody. */
  public Alert acknowledged(String person, String note) {
    return new Alert(
        id,
        State.ACKNOWLEDGED,
        test,
        rule,
        type,
        severity,
        camera,
        zone,
        line,
        track,
        frame,
        ref,
        captureTime,
        raisedAt(),
        note == null ? "acknowledged" : note,
        objects,
        person);
  }
}
