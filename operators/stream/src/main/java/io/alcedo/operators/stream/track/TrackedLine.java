package io.alcedo.operators.stream.track;

import io.alcedo.connectors.event.DetectionLine;
import java.util.List;
import org.apache.flink.api.java.functions.KeySelector;

/**
 * A line and the tracks of its objects.
 *
 * @param objects those that have a track, in the line's order
 */
public record TrackedLine(DetectionLine line, List<TrackedObject> objects) {
  public TrackedLine {
    objects = List.copyOf(objects);
  }

  /** Tracks are a camera's. */
  public static final class ByCamera implements KeySelector<TrackedLine, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String getKey(TrackedLine tracked) {
      return tracked.line().frame().camera();
    }
  }
}
