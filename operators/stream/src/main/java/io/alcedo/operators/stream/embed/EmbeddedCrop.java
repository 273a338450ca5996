package io.alcedo.operators.stream.embed;

import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.Embedding;

/**
 * What became of a crop.
 *
 * @param embedding its vector, null where there is none
 * @param deadLetter why not, else null
 */
public record EmbeddedCrop(Embedding embedding, DeadLetter deadLetter) {}
