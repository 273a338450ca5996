package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.MaskScale.Cut;

/** Cuts an object's surroundings out of a mask of the whole canvas. */
final class MaskCut {
  /** A mask of 28 px that is pasted over a box reaches half of its pixels over it on each side. */
  private static final double MARGIN = 0.5 / 28;

  private MaskCut() {}

  /**
   * The part of one mask around its box, on whole pixels.
   *
   * @param boxes [n, 4] xyxy, px of the canvas
   * @param i which box
   * @param masks [m, height, width]
   * @param row which mask
   */
  static Cut around(float[] boxes, int i, float[] masks, int row, int width, int height) {
    float x1 = boxes[4 * i];
    float y1 = boxes[4 * i + 1];
    float x2 = boxes[4 * i + 2];
    float y2 = boxes[4 * i + 3];
    if (!Float.isFinite(x1 + y1 + x2 + y2)) {
      return new Cut(0, 0, 0, 0, new float[0]);
    }
    double dx = (x2 - x1) * MARGIN + 1;
    double dy = (y2 - y1) * MARGIN + 1;
    Box near = Box.ofCorners(x1 - dx, y1 - dy, x2 + dx, y2 + dy).clip(width, height);
    int left = (int) near.x();
    int top = (int) near.y();
    int w = (int) Math.ceil(near.right()) - left;
    int h = (int) Math.ceil(near.bottom()) - top;
    float[] values = new float[w * h];
    for (int y = 0; y < h; y++) {
      long from = ((long) row * height + top + y) * width + left;
      System.arraycopy(masks, Math.toIntExact(from), values, y * w, w);
    }
    return new Cut(left, top, w, h, values);
  }
}
