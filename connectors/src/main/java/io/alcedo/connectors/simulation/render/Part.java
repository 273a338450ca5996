package io.alcedo.connectors.simulation.render;

/**
 * A piece of what stands still.
 *
 * @param object number of the ground-truth object that it belongs to, 0 if it is scenery
 */
public record Part(Mesh mesh, Surface surface, int object) {}
