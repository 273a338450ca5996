package io.alcedo.training.detection;

import io.alcedo.training.ops.Ops;
import java.util.List;

/**
 * Boxes relative to reference boxes (Girshick et al. 2014, appendix C): offsets of the centre in
 * sides, logarithms of the sides, each times a weight.
 */
public record BoxCoder(float weightX, float weightY, float weightW, float weightH) {
  /** Of the RPN. */
  public static final BoxCoder PROPOSALS = new BoxCoder(1, 1, 1, 1);

  /** Of the box head. */
  public static final BoxCoder DETECTIONS = new BoxCoder(10, 10, 5, 5);

  /** Keeps exp from overflowing: a side grows by 1000 ÷ 16 at most. */
  private static final float MAX_LOG = (float) Math.log(1000.0 / 16);

  /**
   * Boxes of deltas.
   *
   * @param deltas [..., 4] of the given rank
   * @param references [..., 4] x1, y1, x2, y2, of the same rank, broadcast
   * @return x1, y1, x2, y2
   */
  public <T> T decode(Ops<T> ops, T deltas, T references, int rank) {
    int last = rank - 1;
    T x1 = ops.slice(references, last, 0, 1);
    T y1 = ops.slice(references, last, 1, 2);
    T w = ops.sub(ops.slice(references, last, 2, 3), x1);
    T h = ops.sub(ops.slice(references, last, 3, 4), y1);
    T half = scalar(ops, 0.5f);
    T centerX = ops.add(x1, ops.mul(w, half));
    T centerY = ops.add(y1, ops.mul(h, half));
    T dx = ops.div(ops.slice(deltas, last, 0, 1), scalar(ops, weightX));
    T dy = ops.div(ops.slice(deltas, last, 1, 2), scalar(ops, weightY));
    T dw = ops.div(ops.slice(deltas, last, 2, 3), scalar(ops, weightW));
    T dh = ops.div(ops.slice(deltas, last, 3, 4), scalar(ops, weightH));
    T newX = ops.add(ops.mul(dx, w), centerX);
    T newY = ops.add(ops.mul(dy, h), centerY);
    T halfW = ops.mul(ops.mul(ops.exp(ops.min(dw, scalar(ops, MAX_LOG))), w), half);
    T halfH = ops.mul(ops.mul(ops.exp(ops.min(dh, scalar(ops, MAX_LOG))), h), half);
    return ops.concat(
        List.of(
            ops.sub(newX, halfW), ops.sub(newY, halfH), ops.add(newX, halfW), ops.add(newY, halfH)),
        last);
  }

  /**
   * Deltas of one box.
   *
   * @param box x1, y1, x2, y2 at an offset
   * @param reference x1, y1, x2, y2 at an offset
   * @param out receives dx, dy, dw, dh at an offset
   */
  public void encode(
      float[] box, int boxAt, float[] reference, int referenceAt, float[] out, int outAt) {
    float w = reference[referenceAt + 2] - reference[referenceAt];
    float h = reference[referenceAt + 3] - reference[referenceAt + 1];
    float boxW = box[boxAt + 2] - box[boxAt];
    float boxH = box[boxAt + 3] - box[boxAt + 1];
    float x = reference[referenceAt] + 0.5f * w;
    float y = reference[referenceAt + 1] + 0.5f * h;
    out[outAt] = weightX * (box[boxAt] + 0.5f * boxW - x) / w;
    out[outAt + 1] = weightY * (box[boxAt + 1] + 0.5f * boxH - y) / h;
    out[outAt + 2] = weightW * (float) Math.log(boxW / w);
    out[outAt + 3] = weightH * (float) Math.log(boxH / h);
  }

  private static <T> T scalar(Ops<T> ops, float value) {
    return ops.constant(new float[] {value});
  }
}
