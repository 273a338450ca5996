package io.alcedo.operators.stream.track;

import io.alcedo.connectors.event.TrackedLine;
import org.apache.flink.api.java.functions.KeySelector;

/** Tracks are a camera's. */
public final class TracksByCamera implements KeySelector<TrackedLine, String> {
  private static final long serialVersionUID = 1L;

  @Override
  public String getKey(TrackedLine tracked) {
    return tracked.line().frame().camera();
  }
}
