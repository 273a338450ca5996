package io.alcedo.app.index;

/**
 * A vector that a search found.
 *
 * @param score cosine between it and the query, -1 to 1
 */
public record Hit(VectorFacts facts, float score) {}
