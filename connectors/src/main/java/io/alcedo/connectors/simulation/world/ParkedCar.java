package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Mesh;

/** A car that stands; its mesh is part of the static scene. */
public record ParkedCar(int number, Mesh mesh) {}
