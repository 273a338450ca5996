package io.alcedo.connectors.geometry;

/**
 * Places a detector's square mask of probabilities over its box in the picture, as torchvision's
 * {@code paste_masks_in_image} does (Mask R-CNN, section 3.1: "resized to the RoI size and
 * binarized at 0.5"): padded by one pixel, the box widened in proportion and truncated to whole
 * pixels, bilinear with half-pixel centres.
 */
public final class MaskPaste {
  private MaskPaste() {}

  /**
   * A mask inside a window of the picture.
   *
   * @param inside row-major, height × width, 0 or 1
   */
  public record Window(int left, int top, int width, int height, byte[] inside) {
    /** The same mask in the frame of the whole picture. */
    public RleMask encode(int pictureWidth, int pictureHeight) {
      return RleMask.encodeWindow(inside, pictureHeight, pictureWidth, left, top, width, height);
    }
  }

  /**
   * Pastes one mask.
   *
   * @param probabilities side × side values from 0 to 1, row-major, beginning at offset
   * @param box where the mask belongs, px of the picture
   * @param threshold a pixel is inside from this probability on
   */
  public static Window paste(
      float[] probabilities,
      int offset,
      int side,
      Box box,
      int pictureWidth,
      int pictureHeight,
      float threshold) {
    int padded = side + 2;
    double grow = (double) padded / side / 2;
    // Truncation towards zero, also of negative corners, is what the reference does.
    int x1 = (int) (box.centerX() - box.width() * grow);
    int y1 = (int) (box.centerY() - box.height() * grow);
    int w = Math.max((int) (box.centerX() + box.width() * grow) - x1 + 1, 1);
    int h = Math.max((int) (box.centerY() + box.height() * grow) - y1 + 1, 1);

    int left = Math.max(x1, 0);
    int top = Math.max(y1, 0);
    int width = Math.max(0, Math.min(x1 + w, pictureWidth) - left);
    int height = Math.max(0, Math.min(y1 + h, pictureHeight) - top);
    byte[] inside = new byte[width * height];
    for (int y = 0; y < height; y++) {
      float sy = Math.max(0, (top + y - y1 + 0.5f) * padded / h - 0.5f);
      int y0 = Math.min((int) sy, padded - 1);
      int yNext = Math.min(y0 + 1, padded - 1);
      float fy = sy - y0;
      for (int x = 0; x < width; x++) {
        float sx = Math.max(0, (left + x - x1 + 0.5f) * padded / w - 0.5f);
        int x0 = Math.min((int) sx, padded - 1);
        int xNext = Math.min(x0 + 1, padded - 1);
        float fx = sx - x0;
        float upper =
            (1 - fx) * at(probabilities, offset, side, x0, y0)
                + fx * at(probabilities, offset, side, xNext, y0);
        float lower =
            (1 - fx) * at(probabilities, offset, side, x0, yNext)
                + fx * at(probabilities, offset, side, xNext, yNext);
        inside[y * width + x] = (byte) ((1 - fy) * upper + fy * lower >= threshold ? 1 : 0);
      }
    }
    return new Window(left, top, width, height, inside);
  }

  /** One value of the mask with its border of zeros. */
  private static float at(float[] mask, int offset, int side, int x, int y) {
    boolean border = x == 0 || y == 0 || x > side || y > side;
    return border ? 0 : mask[offset + (y - 1) * side + x - 1];
  }
}
