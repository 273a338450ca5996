package io.alcedo.connectors.camera;

/** How fast the pictures of a source that is not live go out; a live one has its own pace. */
public enum Pace {
  /** As fast as they can be taken. */
  MAX,
  /** At the source's own times. */
  REAL_TIME
}
