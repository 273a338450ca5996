package io.alcedo.connectors.simulation;

import io.alcedo.connectors.geometry.Box;
import java.time.Duration;
import java.util.List;

/**
 * One picture of a simulated camera and what is truly in it.
 *
 * @param index from 0
 * @param offset time since the first frame
 * @param bgr [height, width, 3] bytes, blue first, row by row without padding
 * @param objects all that shows, in order of track
 * @param bodies everybody who has shown once and whose anchor is in the picture, hidden or not, in
 *     order of track: what a faultless tracker would know
 * @param events that became true at this frame
 */
public record SimulatedFrame(
    long index,
    Duration offset,
    int width,
    int height,
    byte[] bgr,
    List<TruthObject> objects,
    List<Body> bodies,
    List<TruthEvent> events) {

  /**
   * A body that is followed.
   *
   * @param fullBox tight box of the whole body, px; may reach outside the picture
   */
  public record Body(int track, String label, Box fullBox) {}

  public SimulatedFrame {
    objects = List.copyOf(objects);
    bodies = List.copyOf(bodies);
    events = List.copyOf(events);
  }

  /** The objects with a label. */
  public List<TruthObject> objects(String label) {
    return objects.stream().filter(object -> object.label().equals(label)).toList();
  }
}
