package io.alcedo.connectors.event;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import java.util.List;

/**
 * One object that a model found.
 *
 * @param id frame id + '#' + index, best score first
 * @param label class name
 * @param score 0 to 1
 * @param box px of the original frame
 * @param mask px of the original frame; null below the mask threshold or where the model has none
 * @param attributes what classifiers said of the object, best score first
 * @param appearance what it looks like to the line's encoder; null where none looked
 */
public record DetectedObject(
    String id,
    String label,
    double score,
    Box box,
    RleMask mask,
    List<Attribute> attributes,
    Appearance appearance) {

  public DetectedObject {
    if (label == null || label.isEmpty()) {
      throw new IllegalArgumentException("object " + id + " has no label");
    }
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException(
          "object %s has score %s, expected 0 to 1".formatted(id, score));
    }
    attributes = List.copyOf(attributes);
  }

  /** One that no encoder saw. */
  public DetectedObject(
      String id, String label, double score, Box box, RleMask mask, List<Attribute> attributes) {
    this(id, label, score, box, mask, attributes, null);
  }

  /** The same with other attributes. */
  public DetectedObject withAttributes(List<Attribute> others) {
    return new DetectedObject(id, label, score, box, mask, others, appearance);
  }

  /** The same as an encoder saw it. */
  public DetectedObject withAppearance(Appearance seen) {
    return new DetectedObject(id, label, score, box, mask, attributes, seen);
  }
}
