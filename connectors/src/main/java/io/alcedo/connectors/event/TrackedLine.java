package io.alcedo.connectors.event;

import java.util.List;

/**
 * A line and the tracks of its objects.
 *
 * @param objects those that have a track, in the line's order
 * @param ended ids of confirmed tracks that are over: not seen for longer than they are looked for,
 *     or of a session that is over
 */
public record TrackedLine(DetectionLine line, List<TrackedObject> objects, List<String> ended) {
  public TrackedLine {
    objects = List.copyOf(objects);
    ended = List.copyOf(ended);
  }
}
