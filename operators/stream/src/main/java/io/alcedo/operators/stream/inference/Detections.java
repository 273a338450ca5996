package io.alcedo.operators.stream.inference;

/**
 * What a detector found in one picture; n objects in the model's order.
 *
 * @param boxes [n, 4] xyxy, px of the canvas
 * @param labels [n] label ids
 * @param scores [n] 0 to 1
 * @param masks of these objects
 */
public record Detections(float[] boxes, int[] labels, float[] scores, Masks masks) {
  /** Of a picture without objects. */
  public static final Detections NOTHING =
      new Detections(new float[0], new int[0], new float[0], Masks.NONE);

  public Detections {
    int n = scores.length;
    if (boxes.length != 4 * n || labels.length != n) {
      throw new IllegalArgumentException(
          "%d scores, %d labels and %d box coordinates do not fit"
              .formatted(n, labels.length, boxes.length));
    }
  }

  /** Number of objects. */
  public int count() {
    return scores.length;
  }
}
