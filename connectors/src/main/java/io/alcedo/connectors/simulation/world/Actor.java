package io.alcedo.connectors.simulation.world;

import io.alcedo.connectors.simulation.render.Silhouette;

/**
 * A thing with a ground truth, as one frame shows it.
 *
 * @param number its identity in the world, the same from every viewpoint
 * @param label {@code person} or {@code car}
 */
public record Actor(int number, String label, Silhouette silhouette) {}
