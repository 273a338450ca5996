package io.alcedo.connectors.geometry;

/**
 * Brings a mask of probabilities from a model's canvas to the original picture: bilinear with
 * half-pixel centres, then binarized. Where picture and canvas are one, values are used as they
 * are.
 */
public final class MaskScale {
  private MaskScale() {}

  /**
   * A rectangle cut out of a mask that has the canvas's size.
   *
   * @param left px of the canvas
   * @param top px of the canvas
   * @param probabilities row-major, height × width, 0 to 1
   */
  public record Cut(int left, int top, int width, int height, float[] probabilities) {
    private float at(int x, int y) {
      boolean inside = x >= 0 && y >= 0 && x < width && y < height;
      return inside ? probabilities[y * width + x] : 0;
    }
  }

  /**
   * The mask of the picture. What lies outside the cut is outside the object.
   *
   * @param threshold a pixel is inside from this probability on
   */
  public static RleMask toSource(Cut cut, Placement fit, float threshold) {
    Placement.Size source = fit.source();
    Box window = fit.toSource(new Box(cut.left, cut.top, cut.width, cut.height));
    int left = (int) window.x();
    int top = (int) window.y();
    int width = Math.min((int) Math.ceil(window.right()), source.width()) - left;
    int height = Math.min((int) Math.ceil(window.bottom()), source.height()) - top;
    double sx = (double) fit.scaled().width() / source.width();
    double sy = (double) fit.scaled().height() / source.height();
    byte[] inside = new byte[width * height];
    for (int y = 0; y < height; y++) {
      double cy = (top + y + 0.5) * sy - 0.5 + fit.top() - cut.top;
      for (int x = 0; x < width; x++) {
        double cx = (left + x + 0.5) * sx - 0.5 + fit.left() - cut.left;
        inside[y * width + x] = (byte) (bilinear(cut, cx, cy) >= threshold ? 1 : 0);
      }
    }
    return RleMask.encodeWindow(inside, source.height(), source.width(), left, top, width, height);
  }

  private static double bilinear(Cut cut, double x, double y) {
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    double fx = x - x0;
    double fy = y - y0;
    double upper = (1 - fx) * cut.at(x0, y0) + fx * cut.at(x0 + 1, y0);
    double lower = (1 - fx) * cut.at(x0, y0 + 1) + fx * cut.at(x0 + 1, y0 + 1);
    return (1 - fy) * upper + fy * lower;
  }
}
