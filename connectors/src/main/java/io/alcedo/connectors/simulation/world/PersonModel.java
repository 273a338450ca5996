package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Mesh;
import io.alcedo.connectors.simulation.render.Noise;
import io.alcedo.connectors.simulation.render.Rgb;
import io.alcedo.connectors.simulation.render.Shapes;
import io.alcedo.connectors.simulation.render.Tube;
import io.alcedo.connectors.simulation.render.Vec3;
import java.util.List;

/**
 * A person built from tubes: legs, torso, arms, head, clothes, bag. Lengths are shares of the
 * height (R. Drillis and R. Contini, Body segment parameters, 1966).
 */
final class PersonModel {
  private static final double THIGH = 0.245;
  private static final double SHIN = 0.24;
  private static final double ANKLE = 0.04;
  private static final double HIP = 0.52;

  private final Mesh mesh;
  private final Appearance look;
  private final Pose pose;
  private final Vec3 forward;
  private final Vec3 left;
  private final double h;
  private final double girth;
  private final double sink; // how far the bent legs lower the pelvis, m
  private final Vec3[] feet = new Vec3[2];
  private int ring;

  private PersonModel(Mesh mesh, Appearance look, Pose pose) {
    this.mesh = mesh;
    this.look = look;
    this.pose = pose;
    this.forward = Shapes.direction(pose.heading());
    this.left = Vec3.UP.cross(forward);
    this.h = look.height();
    this.girth = look.build();
    this.sink = HIP * h - Math.max(reach(1), reach(-1));
  }

  /**
   * Draws a person into a mesh.
   *
   * @return where the feet are
   */
  static List<Vec3> draw(Mesh mesh, Appearance look, Pose pose) {
    PersonModel person = new PersonModel(mesh, look, pose);
    person.leg(1);
    person.leg(-1);
    person.torso();
    if (look.legwear() == Appearance.Legwear.SKIRT || look.legwear() == Appearance.Legwear.DRESS) {
      person.skirt(look.bottom(), 0.28 + 0.12 * Noise.unit(1, 2, look.fold()), 1);
    }
    if (look.coat() < 0.45) {
      person.skirt(look.top(), look.coat(), 0.85);
    }
    person.arm(1);
    person.arm(-1);
    PersonHead.draw(mesh, look, person.at(0, person.lean(0.88), 0.88), person.forward, person.left);
    person.bag();
    return List.of(person.feet[0], person.feet[1]);
  }

  /** Height of the hip over the sole for one leg, m. */
  private double reach(int side) {
    double hip = Gait.hip(pose, side);
    double shin = hip - Gait.knee(pose, side);
    return h * (THIGH * StrictMath.cos(hip) + SHIN * StrictMath.cos(shin) + ANKLE);
  }

  /** The body leans into its walk, more the higher up. */
  private double lean(double up) {
    return (up - HIP) * 0.06 * pose.stride();
  }

  /** A point of the body: shares of the height to the left, forward and up. */
  private Vec3 at(double l, double f, double up) {
    return new Vec3(pose.x(), pose.y(), up * h - sink)
        .plus(left.times(l * h))
        .plus(forward.times(f * h));
  }

  private Rgb cloth(Rgb color, double angle) {
    int segment = (int) (angle * 1.5);
    float fold = 0.68f + 0.5f * Noise.unit(ring, segment, look.fold());
    return color.times(fold);
  }

  private void leg(int side) {
    double hip = Gait.hip(pose, side);
    double shin = hip - Gait.knee(pose, side);
    Vec3 top = at(side * 0.048 * girth, 0, HIP);
    Vec3 knee = top.plus(limb(hip).times(THIGH * h));
    Vec3 ankle = knee.plus(limb(shin).times(SHIN * h));
    boolean trousers = look.legwear() == Appearance.Legwear.TROUSERS;
    boolean bare = !trousers && look.legwear() != Appearance.Legwear.SHORTS;
    Rgb upper = bare ? look.skin() : look.bottom();
    Rgb lower = trousers ? look.bottom() : look.skin();
    double wide = trousers ? 0.034 : 0.024;
    Tube tube = new Tube(mesh, 8);
    section(tube, top, hip, 0.056 * girth, upper);
    section(tube, top.towards(knee, 0.5), hip, 0.05 * girth, upper);
    section(tube, top.towards(knee, 0.92), (hip + shin) / 2, 0.038 * girth, upper);
    section(tube, knee.towards(ankle, 0.04), (hip + shin) / 2, 0.036 * girth, lower);
    section(tube, knee.towards(ankle, 0.35), shin, Math.max(0.033, wide) * girth, lower);
    section(tube, ankle, shin, wide, lower);
    foot(side, ankle, shin);
  }

  private Vec3 limb(double angle) {
    return forward.times(StrictMath.sin(angle)).plus(0, 0, -StrictMath.cos(angle));
  }

  private void section(Tube tube, Vec3 center, double angle, double radius, Rgb color) {
    Vec3 across = forward.times(StrictMath.cos(angle)).plus(0, 0, StrictMath.sin(angle));
    ring++;
    tube.ring(center, left.times(radius * h), across.times(radius * h), turn -> cloth(color, turn));
  }

  private void foot(int side, Vec3 ankle, double shin) {
    // The toes hang a little while the leg swings behind.
    double pitch = Math.min(0, shin) * 0.8;
    Vec3 along = forward.times(StrictMath.cos(pitch)).plus(0, 0, StrictMath.sin(pitch));
    Vec3 up = forward.times(-StrictMath.sin(pitch)).plus(0, 0, StrictMath.cos(pitch));
    Vec3 heel = ankle.plus(along.times(-0.03 * h)).plus(up.times(-0.015 * h));
    Tube tube = new Tube(mesh, 7);
    double[] reach = {0, 0.04, 0.1, 0.145};
    double[] width = {0.02, 0.026, 0.028, 0.016};
    double[] high = {0.02, 0.03, 0.018, 0.01};
    for (int i = 0; i < reach.length; i++) {
      Vec3 center =
          heel.plus(along.times(reach[i] * h)).plus(up.times((high[i] - 0.022) * 0.8 * h));
      tube.ring(center, left.times(width[i] * h), up.times(high[i] * h), look.shoes());
    }
    tube.cap(heel.plus(along.times(0.155 * h)).plus(up.times(-0.01 * h)), along, look.shoes());
    feet[side > 0 ? 0 : 1] = new Vec3(heel.x(), heel.y(), 0).plus(forward.times(0.06 * h));
  }

  private void torso() {
    double hem = Math.max(0.45, Math.min(0.53, look.coat()));
    double[] up = {0.455, hem, hem + 0.003, 0.55, 0.61, 0.66, 0.71, 0.765, 0.805, 0.83, 0.85, 0.89};
    double[] wide = {
      0.088,
      0.098,
      0.1,
      0.096,
      0.086,
      0.09,
      0.1,
      look.shoulders() * 0.95,
      look.shoulders(),
      look.shoulders() * 0.72,
      0.04,
      0.034
    };
    double[] deep = {
      0.062, 0.072, 0.074, 0.072, 0.066, 0.068, 0.072, 0.072, 0.062, 0.05, 0.04, 0.036
    };
    double twist = 0.14 * pose.stride() * StrictMath.sin(pose.phase());
    Tube tube = new Tube(mesh, 12);
    for (int i = 0; i < up.length; i++) {
      double turn = twist * (up[i] - 0.55) / 0.25;
      Vec3 u = left.plus(forward.times(turn)).normalized();
      Vec3 v = forward.minus(left.times(turn)).normalized();
      double fat = i < 9 ? girth : 1;
      Rgb color = torsoColor(i, up[i]);
      boolean jacket = look.openJacket() && i >= 2 && i < 10;
      ring++;
      tube.ring(
          at(0, lean(up[i]), up[i]),
          u.times(wide[i] * h * (i < 7 ? fat : 1)),
          v.times(deep[i] * h * fat),
          turnAt -> cloth(jacket && isFront(turnAt) ? look.inner() : color, turnAt));
    }
  }

  private Rgb torsoColor(int index, double up) {
    if (index < 2) {
      return look.coat() < 0.45 ? look.top() : look.bottom();
    }
    if (up > 0.84) {
      return look.skin();
    }
    boolean band = look.stripes() && (index & 1) == 1;
    return band ? look.inner() : look.top();
  }

  private static boolean isFront(double angle) {
    return Math.abs(angle - Math.PI / 2) < 0.55;
  }

  private void skirt(Rgb color, double hem, double flare) {
    Tube tube = new Tube(mesh, 12);
    double swing = 0.075 * pose.stride();
    for (int i = 0; i <= 4; i++) {
      double share = i / 4.0;
      double up = 0.55 + (hem - 0.55) * share;
      double wide = (0.1 + 0.035 * share * flare) * girth;
      double deep = (0.076 + (0.02 + swing) * share) * girth;
      ring++;
      tube.ring(
          at(0, 0, up),
          left.times(wide * h),
          forward.times(deep * h),
          angle -> cloth(color, angle));
    }
    tube.cap(at(0, 0, hem), Vec3.UP.times(-1), color.times(0.4));
  }

  private void arm(int side) {
    double swing = Gait.shoulder(pose, side);
    double bent = swing + Gait.elbow(pose, side);
    double across = Gait.across(pose);
    Vec3 shoulder = at(side * (look.shoulders() - 0.008), lean(0.8), 0.8);
    Vec3 upperWay = limb(swing).plus(left.times(side * 0.13)).normalized();
    Vec3 elbow = shoulder.plus(upperWay.times(0.175 * h));
    Vec3 lowerWay = limb(bent).plus(left.times(-side * across)).normalized();
    Vec3 wrist = elbow.plus(lowerWay.times(0.145 * h));
    Rgb sleeve = look.shortSleeves() ? look.skin() : look.top();
    Tube tube = new Tube(mesh, 7);
    armSection(tube, shoulder.plus(0, 0, 0.015 * h), swing, 0.02, look.top());
    armSection(tube, shoulder.towards(elbow, 0.25), swing, 0.033, look.top());
    armSection(tube, shoulder.towards(elbow, 0.65), swing, 0.03, look.top());
    armSection(tube, shoulder.towards(elbow, 0.7), swing, 0.029, sleeve);
    armSection(tube, elbow, (swing + bent) / 2, 0.028, sleeve);
    armSection(tube, elbow.towards(wrist, 0.5), bent, 0.026, sleeve);
    armSection(tube, wrist, bent, 0.02, sleeve);
    hand(wrist, lowerWay, bent);
    if (look.bag() == Appearance.Bag.HAND && side > 0) {
      Vec3 grip = wrist.plus(lowerWay.times(0.09 * h)).plus(0, 0, -0.17);
      Shapes.box(mesh, grip, 0.3, 0.12, 0.22, pose.heading(), look.bagColor());
    }
  }

  private void armSection(Tube tube, Vec3 center, double angle, double radius, Rgb color) {
    section(tube, center, angle, radius * (0.6 + 0.4 * girth), color);
  }

  private void hand(Vec3 wrist, Vec3 way, double angle) {
    Tube tube = new Tube(mesh, 6);
    section(tube, wrist, angle, 0.016, look.skin());
    section(tube, wrist.plus(way.times(0.035 * h)), angle, 0.021, look.skin());
    section(tube, wrist.plus(way.times(0.075 * h)), angle, 0.016, look.skin());
    tube.cap(wrist.plus(way.times(0.09 * h)), way, look.skin());
  }

  private void bag() {
    Rgb color = look.bagColor();
    if (look.bag() == Appearance.Bag.BACKPACK) {
      Tube tube = new Tube(mesh, 8);
      double[] up = {0.58, 0.6, 0.68, 0.77, 0.8};
      double[] size = {0.5, 1, 1.05, 0.95, 0.4};
      for (int i = 0; i < up.length; i++) {
        ring++;
        tube.ring(
            at(0, lean(up[i]) - 0.105 * girth, up[i]),
            left.times(0.085 * size[i] * h),
            forward.times(0.055 * size[i] * h),
            angle -> cloth(color, angle));
      }
      tube.cap(at(0, lean(0.81) - 0.1, 0.81), Vec3.UP, color);
    } else if (look.bag() == Appearance.Bag.SHOULDER) {
      Vec3 hip = at(-(0.12 * girth + 0.015), -0.02, 0.47);
      Shapes.box(mesh, hip, 0.32, 0.1, 0.26, pose.heading(), color);
      Shapes.bar(
          mesh, hip.plus(0, 0, 0.24), at(-look.shoulders() * 0.8, 0, 0.83), 0.014, 0.014, 4, color);
    }
  }
}
