package io.alcedo.connectors.simulation.render;

/**
 * A street lamp that shines downwards.
 *
 * @param position of the bulb, m
 * @param color radiance at one metre
 */
public record Lamp(Vec3 position, Rgb color) {}
