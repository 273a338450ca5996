package io.alcedo.connectors.simulation.render;

/** Visits the cells of a raster whose centres lie in a triangle. */
final class TriangleFill {
  /** What happens at a covered cell. */
  interface Sink {
    /**
     * Visits a covered cell.
     *
     * @param cell row-major index
     * @param b share of the second corner
     * @param c share of the third corner; that of the first is 1 - b - c
     */
    void cover(int cell, float b, float c);
  }

  private final int width;
  private final int height;

  TriangleFill(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Fills one triangle, whichever way it turns; corners in cells, cell i's centre at i + 0.5. */
  void fill(float ax, float ay, float bx, float by, float cx, float cy, Sink sink) {
    float area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    int left = Math.max(0, (int) Math.ceil(Math.min(ax, Math.min(bx, cx)) - 0.5f));
    int top = Math.max(0, (int) Math.ceil(Math.min(ay, Math.min(by, cy)) - 0.5f));
    int right = Math.min(width - 1, (int) Math.floor(Math.max(ax, Math.max(bx, cx)) - 0.5f));
    int bottom = Math.min(height - 1, (int) Math.floor(Math.max(ay, Math.max(by, cy)) - 0.5f));
    if (area == 0 || left > right || top > bottom) {
      return;
    }
    // Shares of the corners b and c are affine in x and y.
    float scale = 1 / area;
    float bdx = (cy - ay) * scale;
    float bdy = -(cx - ax) * scale;
    float cdx = -(by - ay) * scale;
    float cdy = (bx - ax) * scale;
    for (int y = top; y <= bottom; y++) {
      float py = y + 0.5f - ay;
      float b0 = (0.5f - ax) * bdx + py * bdy;
      float c0 = (0.5f - ax) * cdx + py * cdy;
      int row = y * width;
      for (int x = left; x <= right; x++) {
        float b = b0 + x * bdx;
        float c = c0 + x * cdx;
        if (b >= 0 && c >= 0 && b + c <= 1) {
          sink.cover(row + x, b, c);
        }
      }
    }
  }
}
