package io.alcedo.app.index;

import java.util.Comparator;

/**
 * A vector and what is known of it.
 *
 * @param vector of length 1
 */
public record VectorEntry(VectorFacts facts, float[] vector) {
  /** The latest first, those of one time by id. */
  static final Comparator<VectorEntry> NEWEST_FIRST =
      Comparator.comparing((VectorEntry entry) -> entry.facts().captureTime())
          .reversed()
          .thenComparing(entry -> entry.facts().id());
}
