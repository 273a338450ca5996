package io.alcedo.connectors.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** People who walk together: one itinerary, each with a place beside it. */
final class Group {
  private final int number;
  private final Itinerary itinerary;
  private final List<Member> members = new ArrayList<>();
  private final double pace;

  private record Member(
      Appearance look,
      double aside,
      double ahead,
      double facing,
      Pose.Gesture gesture,
      double startPhase) {}

  private Group(int number, Itinerary itinerary, double pace) {
    this.number = number;
    this.itinerary = itinerary;
    this.pace = pace;
  }

  /** Draws a group that sets out at a time; null if it found no way. */
  static Group draw(World world, int number, double start, RandomGenerator random) {
    for (int attempt = 0; attempt < 4; attempt++) {
      double pace = 0.85 + 0.75 * random.nextDouble();
      Itinerary itinerary = itinerary(world, start, pace, random);
      if (itinerary != null) {
        Group group = new Group(number, itinerary, pace);
        group.fill(random);
        return group;
      }
    }
    return null;
  }

  private static Itinerary itinerary(
      World world, double start, double pace, RandomGenerator random) {
    List<Place> gates = world.gates();
    Place from = gates.get(random.nextInt(gates.size()));
    Place to = gates.get(random.nextInt(gates.size()));
    boolean stops = random.nextInt(100) < 45;
    Place via = world.spots().get(random.nextInt(world.spots().size()));
    double stay = 3 + 18 * random.nextDouble() * random.nextDouble();
    if (!stops) {
      double[] way = world.grid().way(from.x(), from.y(), to.x(), to.y());
      if (way == null) {
        return null;
      }
      Itinerary direct = new Itinerary(start, way);
      direct.goToEnd(pace);
      return direct;
    }
    double[] first = world.grid().way(from.x(), from.y(), via.x(), via.y());
    double[] second = world.grid().way(via.x(), via.y(), to.x(), to.y());
    if (first == null || second == null) {
      return null;
    }
    double[] joined = new double[first.length + second.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    Itinerary broken = new Itinerary(start, joined);
    broken.goTo(first.length / 2 - 1, pace);
    broken.stay(stay);
    broken.goToEnd(pace);
    return broken;
  }

  private void fill(RandomGenerator random) {
    int draw = random.nextInt(100);
    int size = draw < 55 ? 1 : draw < 85 ? 2 : draw < 95 ? 3 : 4;
    double lane = (random.nextDouble() - 0.5) * (size > 2 ? 0.4 : 1.2);
    Pose.Gesture[] gestures = Pose.Gesture.values();
    for (int i = 0; i < size; i++) {
      members.add(
          new Member(
              Appearance.random(random),
              lane + (i % 3 - (Math.min(size, 3) - 1) / 2.0) * (0.58 + 0.12 * random.nextDouble()),
              (i < 3 ? 0 : -0.8) + 0.25 * (random.nextDouble() - 0.5),
              2 * Math.PI * random.nextDouble(),
              random.nextInt(3) == 0
                  ? gestures[random.nextInt(gestures.length)]
                  : Pose.Gesture.HANGING,
              2 * Math.PI * random.nextDouble()));
    }
  }

  double end() {
    return itinerary.end();
  }

  /** Adds its members as they are at a time, if they are in the world then. */
  void at(double time, List<Walker> out) {
    if (time < itinerary.start() || time > itinerary.end()) {
      return;
    }
    double distance = itinerary.distance(time);
    double heading = itinerary.heading(distance);
    double speed = itinerary.speed(time);
    for (int i = 0; i < members.size(); i++) {
      out.add(
          new Walker(
              Crowd.FIRST_NUMBER + number * 4 + i,
              number,
              members.get(i).look(),
              pose(members.get(i), time, distance, heading, speed)));
    }
  }

  private Pose pose(Member member, double time, double distance, double heading, double speed) {
    double cos = StrictMath.cos(heading);
    double sin = StrictMath.sin(heading);
    double x = itinerary.x(distance) + cos * member.ahead() - sin * member.aside();
    double y = itinerary.y(distance) + sin * member.ahead() + cos * member.aside();
    double stride = Math.min(1.25, Math.sqrt(Math.max(0, speed) / 1.35));
    double facing = member.facing();
    if (members.size() > 1) {
      // Talk to each other: turn to the middle of the group.
      facing = heading + (member.aside() > 0 ? -Math.PI / 2 : Math.PI / 2);
    }
    double still = Math.max(0, 1 - speed / (0.6 * pace));
    double cycle = 0.82 * member.look().height() * Math.max(0.5, pace / 1.35);
    return new Pose(
        x,
        y,
        heading + still * turn(facing - heading),
        member.startPhase() + 2 * Math.PI * distance / cycle,
        stride,
        member.gesture(),
        member.startPhase() + time);
  }

  /** The same angle between -π and π. */
  private static double turn(double angle) {
    return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
  }
}
