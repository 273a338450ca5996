package io.alcedo.connectors.event;

import java.time.Instant;

/**
 * One record of the {@code frames} topic: a frame, or the sign of life of a camera that has none.
 *
 * @param kind what it is
 * @param id the frame's identity; of a heartbeat or an end, the sequence that the next frame would
 *     have; null where {@code kind} is MALFORMED
 * @param ref where it lies in the log; null before it is published
 * @param captureTime event time: when the picture was taken, monotonic per camera
 * @param published when the publisher sent it, wall clock
 * @param codec how {@code image} is encoded, {@code jpeg}
 * @param width px, as the publisher declared it
 * @param height px, as the publisher declared it
 * @param image the encoded image, empty unless {@code kind} is FRAME; of a MALFORMED record the
 *     offending bytes
 * @param defect why the record is MALFORMED, else null
 */
public record CameraRecord(
    Kind kind,
    FrameId id,
    FrameRef ref,
    Instant captureTime,
    Instant published,
    String codec,
    int width,
    int height,
    byte[] image,
    String defect) {

  /** What a record of the {@code frames} topic can be. */
  public enum Kind {
    /** An encoded image. */
    FRAME,
    /** The camera is alive and sent nothing for a second. */
    HEARTBEAT,
    /** The session is over; its sequence is the number of frames that were published. */
    END,
    /** A record whose headers do not name a frame. */
    MALFORMED
  }
}
