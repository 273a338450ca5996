package io.alcedo.connectors.frames;

import io.alcedo.connectors.event.CameraRecord;

/** What a {@link FrameStore} knows of a frame. */
public sealed interface FrameLookup {
  /** It is there, encoded as it was published. */
  record Found(CameraRecord frame) implements FrameLookup {}

  /** It was there and is no longer kept. */
  record Expired() implements FrameLookup {}

  /** There is no frame at this place, or none yet. */
  record Absent() implements FrameLookup {}

  /** The frame, or null if it was not found. */
  default CameraRecord frameOrNull() {
    return this instanceof Found found ? found.frame() : null;
  }
}
