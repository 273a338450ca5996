package io.alcedo.connectors.simulation.render;

/** A place in the picture, continuous px: x to the right, y down. */
public record ImagePoint(double x, double y) {}
