package io.alcedo.connectors.event;

import java.time.Instant;
import java.util.Arrays;

/**
 * Bytes that a stage could not process, kept for whoever looks for the cause.
 *
 * @param camera the record's key, {@code unknown} where it had none
 * @param frame the frame, null where the record did not name one
 * @param ref where the record lies
 * @param stage which stage refused it
 * @param reason why, for people
 * @param time event time of the record, or its log time
 * @param bytes the first 64 KB
 */
public record DeadLetter(
    String camera,
    FrameId frame,
    FrameRef ref,
    String stage,
    String reason,
    Instant time,
    byte[] bytes) {
  /** How many of the offending bytes are kept. */
  public static final int MAX_BYTES = 64 * 1024;

  public DeadLetter {
    bytes = bytes.length <= MAX_BYTES ? bytes : Arrays.copyOf(bytes, MAX_BYTES);
  }

  /** About a record that a stage could not process. */
  public static DeadLetter of(CameraRecord record, String stage, String reason) {
    String camera = record.id() == null ? "unknown" : record.id().camera();
    return new DeadLetter(
        camera, record.id(), record.ref(), stage, reason, record.captureTime(), record.image());
  }
}
