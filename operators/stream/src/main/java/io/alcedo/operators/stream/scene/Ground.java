package io.alcedo.operators.stream.scene;

import java.io.Serializable;
import java.util.List;

/**
 * The plane on which people walk, known by four points of it (the homography between picture and
 * ground; Hartley and Zisserman 2004, section 4.1).
 *
 * @param unit what the picture's points count; default fraction
 * @param picture four points [x, y] of the picture, no three on a line
 * @param metres where they are on the ground, m from any origin
 */
public record Ground(Unit unit, List<List<Double>> picture, List<List<Double>> metres)
    implements Serializable {
  private static final int POINTS = 4;

  public Ground {
    unit = unit == null ? Unit.FRACTION : unit;
    Checks.require(picture != null && picture.size() == POINTS, "picture needs four points [x, y]");
    Checks.require(metres != null && metres.size() == POINTS, "metres needs four points [x, y]");
    for (int i = 0; i < POINTS; i++) {
      unit.require("picture[%d]".formatted(i), picture.get(i));
      List<Double> point = metres.get(i);
      Checks.require(
          point != null && point.size() == 2 && !point.contains(null),
          "metres[%d] is not [x, y]".formatted(i));
    }
    picture = picture.stream().map(List::copyOf).toList();
    metres = metres.stream().map(List::copyOf).toList();
    Checks.require(
        homography(picture, metres) != null,
        "picture and metres: three of the four points are on a line");
  }

  /** Metres between two places, px of a picture of the given size. */
  public double metres(double x1, double y1, double x2, double y2, int width, int height) {
    double[] h = homography(picture, metres);
    double sx = unit.scale(width);
    double sy = unit.scale(height);
    double[] one = place(h, x1 / sx, y1 / sy);
    double[] other = place(h, x2 / sx, y2 / sy);
    return Math.hypot(one[0] - other[0], one[1] - other[1]);
  }

  private static double[] place(double[] h, double x, double y) {
    double w = h[6] * x + h[7] * y + 1;
    return new double[] {(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w};
  }

  /** Eight equations in eight unknowns, by elimination; null if they have no one solution. */
  private static double[] homography(List<List<Double>> from, List<List<Double>> to) {
    double[][] rows = new double[2 * POINTS][];
    for (int i = 0; i < POINTS; i++) {
      double x = from.get(i).get(0);
      double y = from.get(i).get(1);
      double u = to.get(i).get(0);
      double v = to.get(i).get(1);
      rows[2 * i] = new double[] {x, y, 1, 0, 0, 0, -u * x, -u * y, u};
      rows[2 * i + 1] = new double[] {0, 0, 0, x, y, 1, -v * x, -v * y, v};
    }
    return solve(rows);
  }

  private static double[] solve(double[][] rows) {
    int n = rows.length;
    for (int column = 0; column < n; column++) {
      int best = column;
      for (int row = column; row < n; row++) {
        best = Math.abs(rows[row][column]) > Math.abs(rows[best][column]) ? row : best;
      }
      double[] pivot = rows[best];
      rows[best] = rows[column];
      rows[column] = pivot;
      if (Math.abs(pivot[column]) < 1e-12) {
        return null;
      }
      for (int row = 0; row < n; row++) {
        double factor = row == column ? 0 : rows[row][column] / pivot[column];
        for (int k = column; k <= n && factor != 0; k++) {
          rows[row][k] -= factor * pivot[k];
        }
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = rows[i][n] / rows[i][i];
    }
    return solution;
  }
}
