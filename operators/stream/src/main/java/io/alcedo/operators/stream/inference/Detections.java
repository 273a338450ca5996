package io.alcedo.operators.stream.inference;

/**
 * What a detector found in one picture; n objects in the model's order.
 *
 * @param boxes [n, 4] xyxy, px of the canvas
 * @param labels [n] label ids
 * @param scores [n] 0 to 1
 * @param masks [n, side, side] probabilities, empty where the model has none
 * @param maskSide side of a mask, 0 where the model has none
 */
public record Detections(float[] boxes, int[] labels, float[] scores, float[] masks, int maskSide) {
  public Detections {
    int n = scores.length;
    if (boxes.length != 4 * n || labels.length != n || masks.length != n * maskSide * maskSide) {
      throw new IllegalArgumentException(
          "%d scores, %d labels, %d box coordinates and %d mask values of side %d do not fit"
              .formatted(n, labels.length, boxes.length, masks.length, maskSide));
    }
  }

  /** Number of objects. */
  public int count() {
    return scores.length;
  }
}
