package io.alcedo.app.bench;

import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.geometry.Box;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** People who walk at random before one camera, as a detector would find them. */
final class Walkers {
  private static final int WIDTH = 768;
  private static final int HEIGHT = 576;

  private final SplittableRandom random;
  private final double[] x;
  private final double[] y;
  private final double[] way;
  private final double step;

  /**
   * Places them.
   *
   * @param rate frames a second
   */
  Walkers(int people, double rate, long seed) {
    random = new SplittableRandom(seed);
    x = random.doubles(people, 0, WIDTH).toArray();
    y = random.doubles(people, 0.3 * HEIGHT, HEIGHT).toArray();
    way = random.doubles(people, 0, 2 * Math.PI).toArray();
    step = 40 / rate; // px
  }

  /** They take a step; the frame that shows it. */
  DetectionLine next(FrameId id, Instant time) {
    List<DetectedObject> found = new ArrayList<>(x.length);
    for (int i = 0; i < x.length; i++) {
      way[i] += random.nextDouble(-0.3, 0.3);
      x[i] = Math.max(20, Math.min(WIDTH - 20, x[i] + step * Math.cos(way[i])));
      y[i] = Math.max(120, Math.min(HEIGHT, y[i] + step / 2 * Math.sin(way[i])));
      Box box = new Box(x[i] - 18, y[i] - 90, 36, 90);
      double score = random.nextDouble(0.3, 1);
      found.add(new DetectedObject(id.objectId(i), "person", score, box, null, List.of()));
    }
    FrameRef ref = new FrameRef("frames", 0, id.sequence());
    return new DetectionLine(
        id, ref, time, time, LineStatus.OK, null, "bench@0", WIDTH, HEIGHT, found);
  }
}
