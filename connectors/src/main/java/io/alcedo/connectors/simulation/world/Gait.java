package io.alcedo.connectors.simulation.world;

/**
 * Joint angles of a walk cycle, radians, forward positive: sinusoids fitted by eye to the curves in
 * D. Winter, Biomechanics and Motor Control of Human Movement. The knee bends while its leg swings.
 */
final class Gait {
  private Gait() {}

  static double hip(Pose pose, int side) {
    double phase = phase(pose, side);
    return pose.stride() * (0.06 + 0.42 * StrictMath.sin(phase)) + standing(pose, side);
  }

  static double knee(Pose pose, int side) {
    double swing = Math.max(0, StrictMath.cos(phase(pose, side)));
    return 0.05 + pose.stride() * (0.1 + 0.9 * swing * swing);
  }

  /** Arms go against the legs. */
  static double shoulder(Pose pose, int side) {
    double walking = pose.stride() * -0.42 * StrictMath.sin(phase(pose, side));
    double share = idle(pose);
    double resting =
        switch (pose.gesture()) {
          case HANGING -> 0.03 * StrictMath.sin(pose.sway());
          case PHONE -> side > 0 ? 0.35 : 0.02;
          case POCKETS -> -0.2;
          case CROSSED -> 0.3;
          case CALL -> side > 0 ? 0.5 : 0.02;
        };
    return walking + share * resting;
  }

  static double elbow(Pose pose, int side) {
    double walking = 0.2 + 0.25 * pose.stride();
    double resting =
        switch (pose.gesture()) {
          case HANGING -> 0.15;
          case PHONE -> side > 0 ? 1.5 : 0.15;
          case POCKETS -> 0.75;
          case CROSSED -> 1.45;
          case CALL -> side > 0 ? 2.3 : 0.15;
        };
    return walking + idle(pose) * (resting - walking);
  }

  /** How far a forearm points across the chest, 0 to 1. */
  static double across(Pose pose) {
    return pose.gesture() == Pose.Gesture.CROSSED ? idle(pose) * 0.9 : 0.1;
  }

  /** Arms keep to their gesture when walking with a phone. */
  private static double idle(Pose pose) {
    boolean keeps = pose.gesture() == Pose.Gesture.PHONE || pose.gesture() == Pose.Gesture.CALL;
    double rest = Math.max(0, 1 - pose.stride() * 1.5);
    return keeps ? Math.max(rest, 0.85) : rest;
  }

  private static double standing(Pose pose, int side) {
    return Math.max(0, 1 - pose.stride() * 2) * 0.05 * side * StrictMath.sin(pose.sway() * 0.5);
  }

  private static double phase(Pose pose, int side) {
    return pose.phase() + (side > 0 ? 0 : Math.PI);
  }
}
