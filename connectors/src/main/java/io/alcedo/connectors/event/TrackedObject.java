package io.alcedo.connectors.event;

import java.time.Instant;

/**
 * An object of a frame and the track that it belongs to.
 *
 * @param track id of the detection that opened the track
 * @param state how far the track can be relied upon; never LOST
 * @param opened when the track's object was seen first, event time
 */
public record TrackedObject(DetectedObject object, String track, TrackState state, Instant opened) {

  /** Whether the track has been seen often enough to be believed. */
  public boolean confirmed() {
    return state == TrackState.CONFIRMED;
  }
}
