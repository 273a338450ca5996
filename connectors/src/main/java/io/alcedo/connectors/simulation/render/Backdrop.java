package io.alcedo.connectors.simulation.render;

/**
 * The lit picture of everything that stands still.
 *
 * @param linear [height, width, 3] radiance, RGB
 * @param sunShare [height, width] share of each pixel's light that an actor's shadow would take
 *     away; 0 where the pixel is not ground
 * @param ground [height, width] 1 where the ground is seen
 */
public record Backdrop(int width, int height, float[] linear, float[] sunShare, byte[] ground) {}
