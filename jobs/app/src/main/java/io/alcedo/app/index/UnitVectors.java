package io.alcedo.app.index;

import io.alcedo.connectors.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What vectors must be for their inner product to be a cosine. */
final class UnitVectors {
  /** Float32 sums of a thousand squares stay well inside of it. */
  private static final double TOLERANCE = 1e-3;

  private UnitVectors() {}

  static void require(String version, int dimensions, List<VectorEntry> entries) {
    Map<String, String> findings = new LinkedHashMap<>();
    for (VectorEntry entry : entries) {
      String finding = finding(entry.vector(), dimensions);
      if (finding != null) {
        findings.put(entry.facts().id(), finding);
      }
    }
    if (!findings.isEmpty()) {
      throw new InvalidVectorException(version, entries.size(), findings);
    }
  }

  static void requireQuery(String version, int dimensions, float[] query, int hits) {
    String finding = finding(query, dimensions);
    if (finding != null) {
      throw new InvalidInputException("query of index %s %s".formatted(version, finding));
    }
    if (hits < 1 || hits > VectorIndex.MAX_HITS) {
      throw new InvalidInputException(
          "query of index %s asks for %d hits, expected 1 to %d"
              .formatted(version, hits, VectorIndex.MAX_HITS));
    }
  }

  static void requireCount(String version, int count) {
    if (count < 1 || count > VectorIndex.MAX_NEWEST) {
      throw new InvalidInputException(
          "index %s is asked for its newest %d, expected 1 to %d"
              .formatted(version, count, VectorIndex.MAX_NEWEST));
    }
  }

  /** What is wrong with a vector; null if nothing is. */
  private static String finding(float[] vector, int dimensions) {
    if (vector.length != dimensions) {
      return "has %d numbers, expected %d".formatted(vector.length, dimensions);
    }
    double square = 0;
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        return "holds " + value;
      }
      square += (double) value * value;
    }
    if (square == 0) {
      return "is all zeros";
    }
    double length = Math.sqrt(square);
    return Math.abs(length - 1) <= TOLERANCE
        ? null
        : String.format(Locale.ROOT, "has length %.4g, expected 1", length);
  }
}
