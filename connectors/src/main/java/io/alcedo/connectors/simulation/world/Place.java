package io.alcedo.connectors.simulation.world;

/** A spot on the ground, m. */
public record Place(double x, double y) {}
