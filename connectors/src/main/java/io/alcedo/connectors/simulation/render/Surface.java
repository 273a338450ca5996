package io.alcedo.connectors.simulation.render;

/** A procedural material: sets albedo, glow and gloss of a point from its place. */
@FunctionalInterface
public interface Surface {
  /** The mesh's own colours. */
  Surface PLAIN = point -> {};

  void paint(SurfacePoint point);
}
