package io.alcedo.connectors.simulation.world;

/** A kind of place; each world of it differs by its seed. */
@FunctionalInterface
interface Layout {
  /** Puts ground, buildings, things, gates and lanes into the world. */
  void build(WorldBuilder b);
}
