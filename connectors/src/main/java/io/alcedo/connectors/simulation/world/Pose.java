package io.alcedo.connectors.simulation.world;

/**
 * How a person stands at one moment.
 *
 * @param x place on the ground, m
 * @param y place on the ground, m
 * @param heading radians from east, counter-clockwise
 * @param phase of the gait cycle, radians; 2π is two steps
 * @param stride 0 standing, 1 walking at an ordinary pace
 * @param gesture what the arms do while standing
 * @param sway of the idle body, radians
 */
record Pose(
    double x, double y, double heading, double phase, double stride, Gesture gesture, double sway) {
  enum Gesture {
    HANGING,
    PHONE,
    POCKETS,
    CROSSED,
    CALL
  }
}
