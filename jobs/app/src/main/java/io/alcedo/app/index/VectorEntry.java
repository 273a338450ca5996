package io.alcedo.app.index;

/**
 * A vector and what is known of it.
 *
 * @param vector of length 1
 */
public record VectorEntry(VectorFacts facts, float[] vector) {}
