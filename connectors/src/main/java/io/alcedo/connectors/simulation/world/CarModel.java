package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Mesh;
import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Shapes;
import io.alcedo.connectors.simulation.render.Tube;
import io.alcedo.connectors.simulation.render.Vec3;
import java.util.random.RandomGenerator;

/**
 * A car or van: a body lofted along its profile, a glass house on it, four wheels.
 *
 * @param belt height of the lower edge of its windows, m
 * @param hood where the windscreen begins, as a share of the length from the front
 * @param tail where the rear window ends, as a share of the length
 */
record CarModel(
    double length,
    double width,
    double height,
    double belt,
    double hood,
    double tail,
    boolean van,
    Rgb color) {
  private static final int[] COLORS = {
    0xe8e8e6, 0xc0c2c4, 0x8a8d90, 0x4a4d50, 0x1c1d1f, 0x1c1d1f, 0x2a4470, 0x7c1f1c, 0x2a5a3c,
    0xb8a888, 0x3a6a9a, 0xa83a2a, 0xd0c8b8, 0x6a3a50
  };
  private static final Rgb GLASS = Rgb.srgb(0x1e262c);
  private static final Rgb RUBBER = Rgb.grey(0.012);

  static CarModel random(RandomGenerator random) {
    Rgb color = Rgb.srgb(COLORS[random.nextInt(COLORS.length)]);
    double scale = 0.92 + 0.16 * random.nextDouble();
    return switch (random.nextInt(5)) {
      case 0 -> new CarModel(3.8 * scale, 1.7, 1.5, 0.92, 0.2, 1.0, false, color);
      case 1 -> new CarModel(4.5 * scale, 1.8, 1.45, 0.9, 0.25, 0.86, false, color);
      case 2 -> new CarModel(4.6 * scale, 1.85, 1.7, 1.02, 0.22, 0.98, false, color);
      case 3 -> new CarModel(5.2 * scale, 1.95, 2.2, 1.15, 0.1, 0.36, true, color);
      default -> new CarModel(4.3 * scale, 1.78, 1.48, 0.92, 0.24, 0.97, false, color);
    };
  }

  /**
   * Draws the car.
   *
   * @param rolled distance driven, m, which turns the wheels
   */
  void draw(Mesh mesh, Vec3 place, double heading, double rolled) {
    Frame frame = new Frame(place, Shapes.direction(heading), width / 2);
    body(mesh, frame);
    cabin(mesh, frame);
    for (double along : new double[] {0.31, -0.31}) {
      for (int side = -1; side <= 1; side += 2) {
        wheel(mesh, frame.at(along * length, side * 0.92, 0.32), frame.left().times(side), rolled);
      }
    }
    lights(mesh, frame);
  }

  private record Frame(Vec3 place, Vec3 forward, double halfWidth) {
    Vec3 left() {
      return Vec3.UP.cross(forward);
    }

    /** A point of the car: m forward of its middle, half widths to the left, m over the ground. */
    Vec3 at(double along, double across, double up) {
      return place.plus(forward.times(along)).plus(left().times(across * halfWidth)).plus(0, 0, up);
    }
  }

  private void body(Mesh mesh, Frame frame) {
    double half = length / 2;
    double top = van ? height : belt;
    double[] along = {half, half * 0.96, half - hood * length, -half * 0.95, -half};
    double[] level = {0.55, van ? belt : belt - 0.18, top, van ? top : belt - 0.03, 0.6};
    double[] narrow = {0.86, 0.94, 1, 0.97, 0.9};
    for (int i = 0; i + 1 < along.length; i++) {
      panel(mesh, frame, color, along, level, narrow, i);
    }
    Vec3 nose = frame.forward();
    quad(
        mesh,
        nose,
        color,
        frame.at(half, 0.86, 0.2),
        frame.at(half, -0.86, 0.2),
        frame.at(half, -0.86, 0.55),
        frame.at(half, 0.86, 0.55));
    quad(
        mesh,
        nose.times(-1),
        color,
        frame.at(-half, 0.9, 0.25),
        frame.at(-half, -0.9, 0.25),
        frame.at(-half, -0.9, 0.6),
        frame.at(-half, 0.9, 0.6));
  }

  private static void panel(
      Mesh mesh, Frame f, Rgb color, double[] along, double[] level, double[] narrow, int i) {
    for (int side = -1; side <= 1; side += 2) {
      quad(
          mesh,
          f.left().times(side),
          color,
          f.at(along[i], side * narrow[i], 0.2),
          f.at(along[i + 1], side * narrow[i + 1], 0.2),
          f.at(along[i + 1], side * narrow[i + 1], level[i + 1]),
          f.at(along[i], side * narrow[i], level[i]));
    }
    double rise = level[i + 1] - level[i];
    Vec3 normal =
        Vec3.UP.times(Math.max(0.05, along[i] - along[i + 1])).plus(f.forward().times(rise));
    quad(
        mesh,
        normal,
        color,
        f.at(along[i], narrow[i], level[i]),
        f.at(along[i], -narrow[i], level[i]),
        f.at(along[i + 1], -narrow[i + 1], level[i + 1]),
        f.at(along[i + 1], narrow[i + 1], level[i + 1]));
  }

  private void cabin(Mesh mesh, Frame f) {
    double front = length / 2 - hood * length;
    double back = length / 2 - tail * length;
    double slope = van ? 0.5 : 0.75;
    double rear = tail > 0.95 ? 0.25 : 0.6;
    if (van) {
      // The windows are laid on the body's sides.
      windows(mesh, f, front - 0.1, back, 1.012, 1.012, belt + 0.05, height - 0.35);
      Vec3 screen = f.forward().plus(0, 0, 0.5);
      quad(
          mesh,
          screen,
          GLASS,
          f.at(length * 0.485, 0.85, belt + 0.06),
          f.at(length * 0.485, -0.85, belt + 0.06),
          f.at(front + 0.08, -0.85, height - 0.2),
          f.at(front + 0.08, 0.85, height - 0.2));
      return;
    }
    double roof = height;
    quad(
        mesh,
        f.forward().plus(0, 0, 0.7),
        GLASS,
        f.at(front, 0.92, belt),
        f.at(front, -0.92, belt),
        f.at(front - slope, -0.76, roof),
        f.at(front - slope, 0.76, roof));
    quad(
        mesh,
        f.forward().times(-1).plus(0, 0, 0.6),
        GLASS,
        f.at(back, 0.9, belt),
        f.at(back, -0.9, belt),
        f.at(back + rear, -0.76, roof),
        f.at(back + rear, 0.76, roof));
    quad(
        mesh,
        Vec3.UP,
        color,
        f.at(front - slope, 0.76, roof),
        f.at(front - slope, -0.76, roof),
        f.at(back + rear, -0.76, roof),
        f.at(back + rear, 0.76, roof));
    for (int side = -1; side <= 1; side += 2) {
      Vec3 normal = f.left().times(side).plus(0, 0, 0.25);
      quad(
          mesh,
          normal,
          color,
          f.at(front, side * 0.92, belt),
          f.at(back, side * 0.9, belt),
          f.at(back + rear, side * 0.76, roof),
          f.at(front - slope, side * 0.76, roof));
      sidePanes(mesh, f, side, front, back, slope, rear);
    }
  }

  private void sidePanes(
      Mesh mesh, Frame f, int side, double front, double back, double slope, double rear) {
    Vec3 normal = f.left().times(side).plus(0, 0, 0.25);
    double middle = (front - slope + back + rear) / 2;
    double low = belt + 0.04;
    double high = height - 0.08;
    quad(
        mesh,
        normal,
        GLASS,
        f.at(front - 0.12, side * 0.935, low),
        f.at(middle + 0.05, side * 0.935, low),
        f.at(middle + 0.05, side * 0.8, high),
        f.at(front - slope - 0.02, side * 0.8, high));
    quad(
        mesh,
        normal,
        GLASS,
        f.at(middle - 0.05, side * 0.935, low),
        f.at(back + 0.15, side * 0.92, low),
        f.at(back + rear + 0.05, side * 0.8, high),
        f.at(middle - 0.05, side * 0.8, high));
  }

  private void windows(
      Mesh mesh,
      Frame f,
      double front,
      double back,
      double low,
      double high,
      double z0,
      double z1) {
    for (int side = -1; side <= 1; side += 2) {
      quad(
          mesh,
          f.left().times(side),
          GLASS,
          f.at(front, side * low, z0),
          f.at(back, side * low, z0),
          f.at(back, side * high, z1),
          f.at(front - 0.2, side * high, z1));
    }
  }

  private static void wheel(Mesh mesh, Vec3 center, Vec3 outward, double rolled) {
    Vec3 forward = Vec3.UP.cross(outward);
    double turn = rolled / 0.32;
    Vec3 u = forward.times(StrictMath.cos(turn)).plus(Vec3.UP.times(StrictMath.sin(turn)));
    Vec3 v = u.cross(outward);
    Tube tire = new Tube(mesh, 12);
    tire.ring(center.minus(outward.times(0.12)), u.times(0.32), v.times(0.32), RUBBER);
    tire.ring(center.plus(outward.times(0.09)), u.times(0.32), v.times(0.32), RUBBER);
    tire.ring(center.plus(outward.times(0.1)), u.times(0.21), v.times(0.21), Rgb.grey(0.2));
    tire.cap(center.plus(outward.times(0.1)), outward, Rgb.grey(0.35));
  }

  private void lights(Mesh mesh, Frame f) {
    double half = length / 2;
    for (int side = -1; side <= 1; side += 2) {
      quad(
          mesh,
          f.forward(),
          Rgb.grey(0.8),
          f.at(half + 0.01, side * 0.8, 0.45),
          f.at(half + 0.01, side * 0.5, 0.45),
          f.at(half + 0.01, side * 0.5, 0.58),
          f.at(half + 0.01, side * 0.8, 0.58));
      quad(
          mesh,
          f.forward().times(-1),
          Rgb.srgb(0xa01810),
          f.at(-half - 0.01, side * 0.85, 0.5),
          f.at(-half - 0.01, side * 0.6, 0.5),
          f.at(-half - 0.01, side * 0.6, 0.7),
          f.at(-half - 0.01, side * 0.85, 0.7));
    }
    quad(
        mesh,
        f.forward().times(-1),
        Rgb.grey(0.7),
        f.at(-half - 0.01, 0.28, 0.36),
        f.at(-half - 0.01, -0.28, 0.36),
        f.at(-half - 0.01, -0.28, 0.47),
        f.at(-half - 0.01, 0.28, 0.47));
  }

  private static void quad(Mesh mesh, Vec3 normal, Rgb color, Vec3 a, Vec3 b, Vec3 c, Vec3 d) {
    mesh.polygon(normal, color, a, b, c, d);
  }
}
