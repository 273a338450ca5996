package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.PinholeCamera;
import io.alcedo.connectors.simulation.render.Vec3;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Where a camera hangs: the best of some drawn places, by how much of the ground that people like
 * it sees. All views of a world look at its middle, so two of them can see the same person.
 *
 * @param target what it looks at
 * @param personShare height of a person at the target, as a share of the picture's
 */
record Viewpoint(Vec3 position, Vec3 target, double personShare, double roll) {
  private static final int CANDIDATES = 60;

  /** A candidate that sees so much of the places that people like is taken at once. */
  private static final double ENOUGH = 0.3;

  /** The camera of a view number. */
  static Viewpoint of(World world, long seed, int view) {
    RandomGenerator random = Seeds.random(seed, 31, view);
    List<Vec3> liked = likedPlaces(world, random);
    Viewpoint best = null;
    double bestScore = -1;
    for (int i = 0; i < CANDIDATES && bestScore < ENOUGH * liked.size(); i++) {
      // In a narrow place few directions see anything: look ever further around.
      Viewpoint candidate = draw(world, random, view, 1.8 + 0.15 * i);
      double score = candidate.score(world, liked);
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }

  private static List<Vec3> likedPlaces(World world, RandomGenerator random) {
    List<Vec3> places = new ArrayList<>();
    for (int i = 0; i < 400 && places.size() < 60; i++) {
      double x = 30 * (random.nextDouble() - 0.5);
      double y = 30 * (random.nextDouble() - 0.5);
      if (world.grid().inviting(x, y)) {
        places.add(new Vec3(x, y, 0.9));
      }
    }
    return places;
  }

  private static Viewpoint draw(World world, RandomGenerator random, int view, double spread) {
    Vec3 target = target(world, random);
    // Numbered views spread around the middle by the golden angle.
    double azimuth = view * 2.39996 + spread * (random.nextDouble() - 0.5);
    double height = 3.2 + 4.8 * random.nextDouble();
    double distance = Math.max(height * 1.1, 7 + 11 * random.nextDouble());
    Vec3 position =
        new Vec3(
            target.x() + distance * StrictMath.cos(azimuth),
            target.y() + distance * StrictMath.sin(azimuth),
            height);
    double personShare = 0.12 + 0.13 * random.nextDouble();
    return new Viewpoint(position, target, personShare, 0.05 * (random.nextDouble() - 0.5));
  }

  private static Vec3 target(World world, RandomGenerator random) {
    for (int i = 0; i < 30; i++) {
      double x = 12 * (random.nextDouble() - 0.5);
      double y = 12 * (random.nextDouble() - 0.5);
      if (world.grid().walkable(x, y)) {
        return new Vec3(x, y, 0.5);
      }
    }
    return new Vec3(0, 0, 0.5);
  }

  private double score(World world, List<Vec3> liked) {
    for (Obstacle obstacle : world.obstacles()) {
      boolean beside = obstacle.distance(position.x(), position.y()) < 0.8;
      if (beside && position.z() < obstacle.top() + 0.4 && position.z() > obstacle.bottom() - 0.4) {
        return 0;
      }
    }
    PinholeCamera camera = camera(640, 480);
    double seen = 0;
    for (Vec3 place : liked) {
      double depth = camera.depth(place);
      if (depth < 4 || depth > 35) {
        continue;
      }
      double tall = 1.75 * camera.focal() / depth / 480;
      if (tall < 0.08 || tall > 0.4) {
        continue;
      }
      var at = camera.project(place);
      boolean inside = at.x() > 20 && at.x() < 620 && at.y() > 20 && at.y() < 460;
      if (inside && world.obstacles().stream().noneMatch(o -> o.hides(position, place))) {
        seen++;
      }
    }
    return seen;
  }

  PinholeCamera camera(int width, int height) {
    double distance = target.minus(position).length();
    double angle = 2 * StrictMath.atan(0.5 * 1.75 / (personShare * distance));
    return PinholeCamera.lookingAt(position, target, Math.min(1.25, angle), roll, width, height);
  }
}
