package io.alcedo.training.data;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;

/**
 * One labelled object of a training picture.
 *
 * @param box px of the picture
 * @param label from 1
 * @param mask in the picture's frame; null where the data has none
 * @param area px², as the annotation has it: by it COCO calls an object small, medium or large
 * @param ignored not to be learned, and not to be called background: a crowd, or hardly visible
 */
public record SampleObject(Box box, int label, RleMask mask, double area, boolean ignored) {
  /** An object whose area is its mask's, or its box's if it has none. */
  public SampleObject(Box box, int label, RleMask mask, boolean ignored) {
    this(box, label, mask, mask == null ? box.area() : mask.area(), ignored);
  }
}
