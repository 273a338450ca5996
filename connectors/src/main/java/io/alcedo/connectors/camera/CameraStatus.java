package io.alcedo.connectors.camera;

import java.time.Instant;

/**
 * How a camera does at one moment.
 *
 * <p>Accounting: {@code grabbed = published + skipped} once it has ended, and up to the few
 * pictures on their way before.
 *
 * @param camera its id
 * @param session the session's ULID
 * @param state what it is doing
 * @param reason why it is RETRYING or FAILED, else null
 * @param nextAttempt when it will try again while RETRYING, else null
 * @param framesPerSecond as the source declares it; 0 before it was first open
 * @param grabbed pictures taken from the source
 * @param published frames handed to Kafka, all of them acknowledged when ENDED
 * @param skipped pictures that a newer one replaced, or that were waiting when the camera was
 *     closed: they have no sequence number
 * @param reconnects times that a broken connection came back
 * @param warning the last thing that is odd but does not stop it (a clock, a damaged file), or null
 */
public record CameraStatus(
    String camera,
    String session,
    State state,
    String reason,
    Instant nextAttempt,
    double framesPerSecond,
    long grabbed,
    long published,
    long skipped,
    long reconnects,
    String warning) {

  /** What a publisher is doing. */
  public enum State {
    /** Opening the source for the first time. */
    CONNECTING,
    /** Pictures flow. */
    STREAMING,
    /** A live source is gone; there is a next attempt. */
    RETRYING,
    /** Over; every frame and the end of the session are acknowledged. */
    ENDED,
    /** Over; see the reason. */
    FAILED
  }
}
