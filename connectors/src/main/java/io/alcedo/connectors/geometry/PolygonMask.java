package io.alcedo.connectors.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fills polygons as COCO's {@code maskApi} does, pixel for pixel: corners are rounded to a grid of
 * five points a pixel, the outline is walked on that grid, and a column of pixels changes between
 * out and in where the outline crosses its middle. A rectangle of whole pixels has just its pixels.
 */
public final class PolygonMask {
  private static final int GRID = 5;
  private static final int MIDDLE = GRID / 2;

  private final int height;
  private final int width;
  private int lastX = Integer.MIN_VALUE;
  private int lastY;
  private int count;
  private long[] crossings = new long[64]; // column × height + row from which on it is the other

  private PolygonMask(int height, int width) {
    this.height = height;
    this.width = width;
  }

  /**
   * The union of some polygons.
   *
   * @param polygons x, y, x, y, … in px of the picture
   * @throws IllegalArgumentException if one has fewer than three corners
   */
  public static RleMask fill(List<double[]> polygons, int height, int width) {
    List<RleMask> masks = new ArrayList<>();
    for (double[] polygon : polygons) {
      if (polygon.length < 6 || polygon.length % 2 != 0) {
        throw new IllegalArgumentException(
            "a polygon has %d coordinates, expected three pairs or more".formatted(polygon.length));
      }
      masks.add(new PolygonMask(height, width).fill(polygon));
    }
    return masks.size() == 1 ? masks.get(0) : union(masks, height, width);
  }

  private static RleMask union(List<RleMask> masks, int height, int width) {
    byte[] all = new byte[height * width];
    for (RleMask mask : masks) {
      byte[] one = mask.decode();
      for (int i = 0; i < all.length; i++) {
        all[i] |= one[i];
      }
    }
    return RleMask.encode(all, height, width);
  }

  private RleMask fill(double[] polygon) {
    int corners = polygon.length / 2;
    int[] xs = new int[corners];
    int[] ys = new int[corners];
    for (int i = 0; i < corners; i++) {
      xs[i] = (int) (GRID * polygon[2 * i] + 0.5);
      ys[i] = (int) (GRID * polygon[2 * i + 1] + 0.5);
    }
    for (int i = 0; i < corners; i++) {
      int next = (i + 1) % corners;
      walk(xs[i], ys[i], xs[next], ys[next]);
    }
    Arrays.sort(crossings, 0, count);
    List<Long> runs = new ArrayList<>(count + 1);
    long before = 0;
    for (int i = 0; i < count; i++) {
      runs.add(crossings[i] - before);
      before = crossings[i];
    }
    runs.add((long) height * width - before);
    return RleMask.ofRuns(runs, height, width);
  }

  /** Walks one side, point by point along its longer direction. */
  private void walk(int x1, int y1, int x2, int y2) {
    int dx = Math.abs(x2 - x1);
    int dy = Math.abs(y2 - y1);
    boolean flat = dx >= dy;
    // Reckoned from the lower end, so that both directions round alike.
    boolean back = flat ? x1 > x2 : y1 > y2;
    int steps = Math.max(dx, dy);
    int fromX = back ? x2 : x1;
    int fromY = back ? y2 : y1;
    double slope =
        steps == 0
            ? 0
            : (double) (flat ? (back ? y1 : y2) - fromY : (back ? x1 : x2) - fromX) / steps;
    for (int d = 0; d <= steps; d++) {
      int t = back ? steps - d : d;
      if (flat) {
        step(fromX + t, (int) (fromY + slope * t + 0.5));
      } else {
        step((int) (fromX + slope * t + 0.5), fromY + t);
      }
    }
  }

  private void step(int x, int y) {
    if (lastX != Integer.MIN_VALUE && x != lastX) {
      cross(Math.min(x, lastX), Math.min(y, lastY));
    }
    lastX = x;
    lastY = y;
  }

  /** The outline passes from one grid column to the next; does that cross a pixel's middle? */
  private void cross(int gridX, int gridY) {
    if (Math.floorMod(gridX, GRID) != MIDDLE) {
      return;
    }
    int column = Math.floorDiv(gridX, GRID);
    if (column < 0 || column >= width) {
      return;
    }
    double row = Math.ceil((gridY + 0.5) / GRID - 0.5);
    if (count == crossings.length) {
      crossings = Arrays.copyOf(crossings, 2 * count);
    }
    crossings[count++] = (long) column * height + (long) Math.max(0, Math.min(height, row));
  }
}
