package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Lamp;
import io.alcedo.connectors.simulation.render.Part;
import java.util.List;

/**
 * Everything that stands still in a scene, and where things can move. It is the same from every
 * viewpoint.
 *
 * @param gates where people come and go
 * @param spots where people like to stop
 * @param lanes where cars drive, in their direction: x, y of each point
 */
record World(
    Ground ground,
    List<Part> parts,
    List<Lamp> lamps,
    List<Obstacle> obstacles,
    NavGrid grid,
    List<Place> gates,
    List<Place> spots,
    List<double[]> lanes,
    List<ParkedCar> parkedCars) {
  /** Half of the side of a world, m. */
  public static final double HALF = 32;
}
