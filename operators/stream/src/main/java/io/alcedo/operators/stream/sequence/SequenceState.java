package io.alcedo.operators.stream.sequence;

import io.alcedo.connectors.event.DetectionLine;
import java.time.Instant;
import java.util.List;

/**
 * How far the lines of one camera have come.
 *
 * @param v version of this layout, {@link #VERSION}
 * @param session the session that is read
 * @param next sequence of the frame that is expected
 * @param time event time of the line released last, null before the first
 * @param waiting lines that came before their turn, in order
 * @param past sessions that are over, the newest last; their lines are repeats
 */
public record SequenceState(
    int v,
    String session,
    long next,
    Instant time,
    List<DetectionLine> waiting,
    List<String> past) {
  public static final int VERSION = 1;

  /**
   * Checks a restored state.
   *
   * @throws IllegalStateException if another version of Alcedo wrote it
   */
  public SequenceState requireKnownVersion() {
    if (v != VERSION) {
      throw new IllegalStateException(
          "state of the re-sequencer has version %d, this Alcedo reads version %d: restore it with the Alcedo that wrote it, or start without it"
              .formatted(v, VERSION));
    }
    return this;
  }
}
