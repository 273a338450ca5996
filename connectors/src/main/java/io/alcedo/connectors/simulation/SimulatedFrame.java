package io.alcedo.connectors.simulation;

import java.time.Duration;
import java.util.List;

/**
 * One picture of a simulated camera and what is truly in it.
 *
 * @param index from 0
 * @param offset time since the first frame
 * @param bgr [height, width, 3] bytes, blue first, row by row without padding
 * @param objects all that shows, in order of track
 * @param events that became true at this frame
 */
public record SimulatedFrame(
    long index,
    Duration offset,
    int width,
    int height,
    byte[] bgr,
    List<TruthObject> objects,
    List<TruthEvent> events) {
  public SimulatedFrame {
    objects = List.copyOf(objects);
    events = List.copyOf(events);
  }

  /** The objects with a label. */
  public List<TruthObject> objects(String label) {
    return objects.stream().filter(object -> object.label().equals(label)).toList();
  }
}
