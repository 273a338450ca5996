package io.alcedo.connectors.event;

import java.time.Instant;
import java.util.List;

/**
 * A rule's conditions came true.
 *
 * @param id hash of rule@revision, de-duplication key and opening detection: the same in every run
 * @param rule rule@revision
 * @param type what kind of rule fired
 * @param severity info, warning or critical
 * @param camera where
 * @param zone the zone's name, null where the rule has none
 * @param frame the frame at which it fired
 * @param ref where that frame's bytes lie
 * @param captureTime event time at which it fired
 * @param since event time from which the condition held
 * @param message one sentence for people
 * @param objects ids of the detections concerned, in that frame
 */
public record Alert(
    String id,
    String rule,
    String type,
    String severity,
    String camera,
    String zone,
    FrameId frame,
    FrameRef ref,
    Instant captureTime,
    Instant since,
    String message,
    List<String> objects) {
  public Alert {
    objects = List.copyOf(objects);
  }
}
