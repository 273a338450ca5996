package io.alcedo.connectors.simulation.world;

import java.util.ArrayList;
import java.util.List;

/**
 * A way through the world with its times: a pure function of time, so that any moment can be looked
 * at without stepping through those before it.
 */
final class Itinerary {
  private final double[] way; // x, y of its points
  private final double[] along; // m from the start of each point
  private final List<double[]> stations = new ArrayList<>(); // time s, distance m

  /** Starts at a time with one way to go, which can be a chain of ways joined end to start. */
  Itinerary(double start, double[] way) {
    this.way = way;
    this.along = new double[way.length / 2];
    for (int i = 1; i < along.length; i++) {
      along[i] =
          along[i - 1]
              + StrictMath.hypot(way[2 * i] - way[2 * i - 2], way[2 * i + 1] - way[2 * i - 1]);
    }
    stations.add(new double[] {start, 0});
  }

  /** Goes on to a point of the way at a speed. */
  void goTo(int point, double speed) {
    double[] last = stations.get(stations.size() - 1);
    stations.add(new double[] {last[0] + (along[point] - last[1]) / speed, along[point]});
  }

  void goToEnd(double speed) {
    goTo(along.length - 1, speed);
  }

  /** Stays where it is. */
  void stay(double seconds) {
    double[] last = stations.get(stations.size() - 1);
    stations.add(new double[] {last[0] + seconds, last[1]});
  }

  double start() {
    return stations.get(0)[0];
  }

  double end() {
    return stations.get(stations.size() - 1)[0];
  }

  /** Distance gone at a time, m, with starts and stops made gentle. */
  double distance(double time) {
    double sum = 0;
    for (int i = -2; i <= 2; i++) {
      sum += raw(time + 0.2 * i);
    }
    return sum / 5;
  }

  private double raw(double time) {
    for (int i = 1; i < stations.size(); i++) {
      double[] next = stations.get(i);
      if (time < next[0]) {
        double[] last = stations.get(i - 1);
        double share = Math.max(0, (time - last[0]) / (next[0] - last[0]));
        return last[1] + (next[1] - last[1]) * share;
      }
    }
    return along[along.length - 1];
  }

  /** Speed at a time, m/s. */
  double speed(double time) {
    return (distance(time + 0.2) - distance(time - 0.2)) / 0.4;
  }

  double x(double distance) {
    return coordinate(distance, 0);
  }

  double y(double distance) {
    return coordinate(distance, 1);
  }

  /** Direction of the way at a distance, radians. */
  double heading(double distance) {
    double before = Math.max(0, distance - 0.6);
    double after = Math.min(along[along.length - 1], distance + 0.6);
    return StrictMath.atan2(y(after) - y(before), x(after) - x(before));
  }

  private double coordinate(double distance, int axis) {
    int low = 0;
    int high = along.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (along[middle] <= distance) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double length = along[high] - along[low];
    double share = length == 0 ? 0 : Math.max(0, Math.min(1, (distance - along[low]) / length));
    return way[2 * low + axis] + (way[2 * high + axis] - way[2 * low + axis]) * share;
  }
}
