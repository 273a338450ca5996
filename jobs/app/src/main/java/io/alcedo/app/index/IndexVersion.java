package io.alcedo.app.index;

import io.alcedo.connectors.InvalidInputException;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * One version of an index.
 *
 * @param name of the encoder: name@sha256 prefix
 * @param dimensions numbers in each vector; 0 if that cannot be read any more
 * @param count vectors that a search can find
 * @param fault why it takes no more vectors; null if it is sound
 * @param damaged whether it is faulty for good, and has to be made again
 */
public record IndexVersion(String name, int dimensions, long count, String fault, boolean damaged) {
  /** Most numbers in a vector: Lucene's own limit. */
  public static final int MAX_DIMENSIONS = 1024;

  /** A folder has its name. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@-]{0,127}");

  /** Throws unless an index can have such a version. */
  static void require(String name, int dimensions) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInputException(
          "'%s' names no version of an index: expected 1 to 128 letters, digits, '_', '.', '@', '-'"
              .formatted(name));
    }
    if (dimensions < 2 || dimensions > MAX_DIMENSIONS) {
      throw new InvalidInputException(
          "index %s cannot have vectors of %d numbers, expected 2 to %d"
              .formatted(name, dimensions, MAX_DIMENSIONS));
    }
  }

  static void requireSame(String name, int has, int wanted) {
    if (has != wanted) {
      throw new InvalidInputException(
          "index %s has vectors of %d numbers, not of %d".formatted(name, has, wanted));
    }
  }

  static InvalidInputException unknown(String name, Collection<String> known) {
    return new InvalidInputException(
        "the index has no version '%s'; it has %s".formatted(name, known));
  }
}
