package io.alcedo.connectors.simulation.world;

/** One person at one moment. */
record Walker(int number, int group, Appearance look, Pose pose) {}
