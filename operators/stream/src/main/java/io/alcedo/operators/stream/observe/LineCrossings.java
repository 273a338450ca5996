package io.alcedo.operators.stream.observe;

import io.alcedo.operators.stream.scene.Anchor;
import io.alcedo.operators.stream.scene.TripLine;
import io.alcedo.operators.stream.scene.TripLine.Direction;
import java.util.ArrayList;
import java.util.List;

/**
 * Who crosses a line: between two places where they were seen clearly on one side and clearly on
 * the other, nearer than the margin counting as neither. So who stands on the line and sways
 * crosses it once.
 */
public final class LineCrossings {
  /** Somebody who has crossed. */
  public record Crossed(Sighting sighting, Direction direction) {}

  private LineCrossings() {}

  /**
   * Takes one line of the camera.
   *
   * @param name of the trip line
   * @param margin heights of the object
   */
  public static List<Crossed> step(
      ObjectFilter filter, String name, double margin, Observation now, Memory memory) {
    TripLine line = now.scene().line(name);
    int width = now.line().width();
    int height = now.line().height();
    List<Crossed> crossed = new ArrayList<>(0);
    for (Sighting sighting : now.of(filter)) {
      double clear = margin * sighting.height();
      if (line.distance(sighting.x(), sighting.y(), width, height) < clear) {
        continue;
      }
      Cell before = memory.get(sighting.track());
      Cell here = now.placed(Cell.since(now.time(), sighting.object()), sighting);
      memory.put(sighting.track(), here);
      Direction direction = Direction.NONE;
      if (before != null) {
        Anchor.Place was = now.place(before);
        direction = line.crossing(was.x(), was.y(), sighting.x(), sighting.y(), width, height);
      }
      if (direction != Direction.NONE) {
        crossed.add(new Crossed(sighting, direction));
      }
    }
    now.tracked().ended().forEach(memory::remove);
    return crossed;
  }
}
