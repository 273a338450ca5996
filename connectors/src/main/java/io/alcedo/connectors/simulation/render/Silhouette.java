package io.alcedo.connectors.simulation.render;

/**
 * How an actor projects, whether or not something hides it.
 *
 * @param left edges of the tight box over the whole body, px; may lie outside the picture
 * @param samples covered samples inside the picture (4 a pixel), hidden ones included
 */
public record Silhouette(double left, double top, double right, double bottom, long samples) {}
