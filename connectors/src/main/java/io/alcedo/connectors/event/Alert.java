package io.alcedo.connectors.event;

import java.time.Instant;
import java.util.List;

/**
 * A rule's condition came true, or is true no longer.
 *
 * @param id hash of rule@revision, de-duplication key and opening detection: the same in every run,
 *     and the same when it is resolved
 * @param state whether it is raised or resolved
 * @param rule rule@revision
 * @param type what kind of rule fired
 * @param severity info, warning or critical
 * @param camera where
 * @param zone the zone's name, null where the rule has none
 * @param track the object that it is about, null where it is about the camera
 * @param frame the frame at which it was raised or resolved
 * @param ref where that frame's bytes lie
 * @param captureTime event time of that frame
 * @param since event time from which the condition held; when resolved, at which it was raised
 * @param message one sentence for people
 * @param objects ids of the detections concerned, in that frame
 */
public record Alert(
    String id,
    State state,
    String rule,
    String type,
    String severity,
    String camera,
    String zone,
    String track,
    FrameId frame,
    FrameRef ref,
    Instant captureTime,
    Instant since,
    String message,
    List<String> objects) {

  /** Where an alert stands. */
  public enum State {
    RAISED("raised"),
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
          "state is %s, expected raised or resolved".formatted(code));
    }

    @Override
    public String toString() {
      return code;
    }
  }

  public Alert {
    objects = List.copyOf(objects);
  }
}
