package io.alcedo.connectors.event;

import java.time.Instant;
import java.util.List;

/**
 * One line of the {@code detections} topic. Every published frame has exactly one line whose status
 * is {@code ok}, {@code dropped} or {@code dead}; heartbeats and ends of sessions have lines of
 * their own, so that time passes for those who read this topic only.
 *
 * @param frame the frame; of a heartbeat or an end, the sequence that the next frame would have
 * @param ref where the frame's bytes lie
 * @param captureTime event time
 * @param published when the publisher sent the frame
 * @param status what became of it
 * @param reason why, where the status is DROPPED or DEAD, else null
 * @param model name@sha256 prefix of the model that ran, null where none did
 * @param width px of the original frame
 * @param height px of the original frame
 * @param objects best score first; empty unless the status is OK
 */
public record DetectionLine(
    FrameId frame,
    FrameRef ref,
    Instant captureTime,
    Instant published,
    LineStatus status,
    String reason,
    String model,
    int width,
    int height,
    List<DetectedObject> objects) {

  public DetectionLine {
    objects = List.copyOf(objects);
  }

  /** The line of a record that no model saw. */
  public static DetectionLine without(CameraRecord record, LineStatus status, String reason) {
    return new DetectionLine(
        record.id(),
        record.ref(),
        record.captureTime(),
        record.published(),
        status,
        reason,
        null,
        record.width(),
        record.height(),
        List.of());
  }
}
