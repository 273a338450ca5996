package io.alcedo.training.detection;

/**
 * The truth about one training image, in px of the canvas.
 *
 * @param boxes [n, 4] x1, y1, x2, y2
 * @param labels [n], from 1
 * @param masks [n], each height × width of the canvas, 0 or 1; null where the image has no masks:
 *     it then takes no part in the mask loss
 * @param ignored [m, 4] regions in which nothing counts as background, crowds for instance
 */
public record DetectionTarget(float[] boxes, int[] labels, byte[][] masks, float[] ignored) {
  public DetectionTarget {
    if (boxes.length != 4 * labels.length) {
      throw new IllegalArgumentException(
          "target has %d box values for %d labels".formatted(boxes.length, labels.length));
    }
    if (masks != null && masks.length != labels.length) {
      throw new IllegalArgumentException(
          "target has %d masks for %d labels".formatted(masks.length, labels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if (!(boxes[4 * i + 2] > boxes[4 * i] && boxes[4 * i + 3] > boxes[4 * i + 1])) {
        throw new IllegalArgumentException(
            "target box %d is degenerate: %s, %s, %s, %s"
                .formatted(i, boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]));
      }
    }
  }

  /** Number of objects. */
  public int count() {
    return labels.length;
  }
}
