package io.alcedo.connectors.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Cars that drive through, as a pure function of time. All cars of a lane keep one speed. */
final class Traffic {
  static final int FIRST_NUMBER = 10_000;

  /** A car at one moment. */
  record Driven(int number, CarModel car, double x, double y, double heading, double rolled) {}

  private final List<Itinerary> lanes = new ArrayList<>();
  private final List<Double> intervals = new ArrayList<>();
  private final long seed;

  Traffic(World world, long seed, double density) {
    this.seed = seed;
    RandomGenerator random = Seeds.random(seed, 55);
    if (density <= 0) {
      return;
    }
    for (double[] lane : world.lanes()) {
      Itinerary itinerary = new Itinerary(0, fine(lane));
      itinerary.goToEnd(4 + 4 * random.nextDouble());
      lanes.add(itinerary);
      intervals.add(Math.max(4, (10 + 14 * random.nextDouble()) / (0.4 + density)));
    }
  }

  /** Points half a metre apart, corners rounded. */
  private static double[] fine(double[] lane) {
    List<Double> points = new ArrayList<>();
    for (int i = 0; i + 3 < lane.length; i += 2) {
      double length = StrictMath.hypot(lane[i + 2] - lane[i], lane[i + 3] - lane[i + 1]);
      int steps = Math.max(1, (int) (length / 0.5));
      for (int k = 0; k < steps; k++) {
        points.add(lane[i] + (lane[i + 2] - lane[i]) * k / steps);
        points.add(lane[i + 1] + (lane[i + 3] - lane[i + 1]) * k / steps);
      }
    }
    double[] rough = points.stream().mapToDouble(Double::doubleValue).toArray();
    double[] smooth = rough.clone();
    int reach = 6;
    for (int i = reach; i < rough.length / 2 - reach; i++) {
      for (int axis = 0; axis < 2; axis++) {
        double sum = 0;
        for (int k = -reach; k <= reach; k++) {
          sum += rough[2 * (i + k) + axis];
        }
        smooth[2 * i + axis] = sum / (2 * reach + 1);
      }
    }
    return smooth;
  }

  /** All cars on their way at a time, s. */
  List<Driven> at(double time) {
    List<Driven> cars = new ArrayList<>();
    for (int lane = 0; lane < lanes.size(); lane++) {
      Itinerary way = lanes.get(lane);
      double interval = intervals.get(lane);
      int first = (int) Math.floor((time - way.end()) / interval) - 1;
      for (int k = first; k <= (int) Math.floor(time / interval); k++) {
        RandomGenerator random = Seeds.random(seed, 56, lane, k);
        double gone = time - (k + 0.3 * random.nextDouble()) * interval;
        if (gone > 0 && gone < way.end() && random.nextInt(3) > 0) {
          double distance = way.distance(gone);
          cars.add(
              new Driven(
                  FIRST_NUMBER + lane * 2000 + k + 500,
                  CarModel.random(random),
                  way.x(distance),
                  way.y(distance),
                  way.heading(distance),
                  distance));
        }
      }
    }
    return cars;
  }
}
