package io.alcedo.operators.stream.track;

import io.alcedo.connectors.geometry.Box;
import java.time.Instant;
import java.util.List;

/**
 * The tracks of one camera.
 *
 * @param v version of this layout, {@link #VERSION}
 * @param session the session that the tracks are of
 * @param tracks the oldest first
 */
public record TrackerState(int v, String session, List<Track> tracks) {
  public static final int VERSION = 1;
  public static final TrackerState START = new TrackerState(VERSION, "", List.of());

  /**
   * An object over time.
   *
   * @param id of the detection that opened it
   * @param label class name
   * @param box where it was seen last, px of the frame
   * @param seen when that was, event time
   * @param hits in how many frames it was seen
   */
  public record Track(String id, String label, Box box, Instant seen, int hits) {}

  public TrackerState {
    tracks = List.copyOf(tracks);
  }

  /**
   * Checks a restored state.
   *
   * @throws IllegalStateException if another version of Alcedo wrote it
   */
  public TrackerState requireKnownVersion() {
    if (v != VERSION) {
      throw new IllegalStateException(
          "state of the tracker has version %d, this Alcedo reads version %d: restore it with the Alcedo that wrote it, or start without it"
              .formatted(v, VERSION));
    }
    return this;
  }
}
