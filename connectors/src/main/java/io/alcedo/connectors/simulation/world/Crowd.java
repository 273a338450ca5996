package io.alcedo.connectors.simulation.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All people of a world, as a pure function of time. Groups set out at a steady rate; each is drawn
 * from its own seed, so looking at minute ten costs no more than looking at minute one.
 */
final class Crowd {
  static final int FIRST_NUMBER = 20_000;

  /** How many people are on their way at density 1. */
  private static final double FULL = 34;

  /** Nobody stays in the world for longer, s. */
  private static final double LONGEST_STAY = 150;

  private static final double MEAN_STAY = 45;
  private static final double MEAN_SIZE = 1.65;

  private final World world;
  private final long seed;
  private final double interval;
  private final Map<Integer, Optional<Group>> groups = new HashMap<>();

  Crowd(World world, long seed, double density) {
    this.world = world;
    this.seed = seed;
    this.interval =
        density <= 0 ? Double.POSITIVE_INFINITY : MEAN_STAY * MEAN_SIZE / (FULL * density);
  }

  /** Everybody in the world at a time, s. */
  List<Walker> at(double time) {
    List<Walker> walkers = new ArrayList<>();
    if (Double.isInfinite(interval)) {
      return walkers;
    }
    int first = (int) Math.floor((time - LONGEST_STAY) / interval);
    int last = (int) Math.floor(time / interval);
    groups.keySet().removeIf(number -> number < first || number > last);
    for (int k = first; k <= last; k++) {
      groups.computeIfAbsent(k, this::group).ifPresent(group -> group.at(time, walkers));
    }
    return stepAside(walkers);
  }

  private Optional<Group> group(int k) {
    var random = Seeds.random(seed, 77, k);
    double start = (k + random.nextDouble()) * interval;
    // The numbers of groups that set out before time 0 are positive as well.
    return Optional.ofNullable(Group.draw(world, k + 1000, start, random));
  }

  /** Those who meet pass each other on the right, so that bodies do not run through each other. */
  private static List<Walker> stepAside(List<Walker> walkers) {
    List<Walker> out = new ArrayList<>(walkers.size());
    for (Walker walker : walkers) {
      double aside = 0;
      for (Walker other : walkers) {
        double dx = other.pose().x() - walker.pose().x();
        double dy = other.pose().y() - walker.pose().y();
        double distance = Math.sqrt(dx * dx + dy * dy);
        if (other.group() != walker.group() && distance < 1.6) {
          double near = 1 - distance / 1.6;
          aside += 0.55 * near * near * (3 - 2 * near);
        }
      }
      out.add(aside == 0 ? walker : shifted(walker, Math.min(0.5, aside)));
    }
    return out;
  }

  private static Walker shifted(Walker walker, double aside) {
    Pose p = walker.pose();
    double x = p.x() + aside * StrictMath.sin(p.heading());
    double y = p.y() - aside * StrictMath.cos(p.heading());
    Pose moved = new Pose(x, y, p.heading(), p.phase(), p.stride(), p.gesture(), p.sway());
    return new Walker(walker.number(), walker.group(), walker.look(), moved);
  }
}
