package io.alcedo.operators.stream.observe;

import io.alcedo.operators.stream.scene.Anchor;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Which confirmed objects are meant, and which point of them counts.
 *
 * @param labels classes; empty = all
 * @param minScore from this score on
 * @param minAge when their track is so old
 * @param anchor where they are
 */
public record ObjectFilter(List<String> labels, double minScore, Duration minAge, Anchor anchor)
    implements Serializable {
  public ObjectFilter {
    labels = List.copyOf(labels);
  }

  boolean isAbout(String label, double score) {
    return score >= minScore && (labels.isEmpty() || labels.contains(label));
  }
}
