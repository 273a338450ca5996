package io.alcedo.connectors.event;

/**
 * One statement of a classifier about an object or a whole frame.
 *
 * @param name of the classifier that says so
 * @param label class name
 * @param score 0 to 1
 */
public record Attribute(String name, String label, double score) {
  public Attribute {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException(
          "attribute %s=%s has score %s, expected 0 to 1".formatted(name, label, score));
    }
  }
}
