package io.alcedo.connectors.geometry;

import java.util.Arrays;

/**
 * The cheapest way to give each row at most one column of its own, by shortest augmenting paths
 * with potentials (Jonker and Volgenant 1987). Takes O(rows² · columns).
 */
public final class Assignment {
  /** What a row without a column is given. */
  public static final int NONE = -1;

  private Assignment() {}

  /**
   * Gives as many rows a column as there are columns for them, so that their costs add up to least.
   *
   * @param costs [rows][columns], finite
   * @return the column of each row, or {@link #NONE}; among equal sums the one found first, always
   *     the same
   */
  public static int[] cheapest(double[][] costs) {
    int rows = costs.length;
    int columns = rows == 0 ? 0 : costs[0].length;
    if (rows <= columns) {
      return ofFewRows(costs, columns);
    }
    double[][] turned = new double[columns][rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j][i] = costs[i][j];
      }
    }
    int[] ofColumns = ofFewRows(turned, rows);
    int[] ofRows = new int[rows];
    Arrays.fill(ofRows, NONE);
    for (int j = 0; j < columns; j++) {
      ofRows[ofColumns[j]] = j;
    }
    return ofRows;
  }

  /**
   * The same, but a pair that costs more than a limit is none; both stay alone.
   *
   * @param costs [rows][columns], 0 or more
   * @param limit what leaving a row alone costs; below it nothing is gained by doing so
   */
  public static int[] within(double[][] costs, double limit) {
    int rows = costs.length;
    int columns = rows == 0 ? 0 : costs[0].length;
    double[][] widened = new double[rows][columns + rows];
    for (int i = 0; i < rows; i++) {
      Arrays.fill(widened[i], limit); // the last `rows` columns are "alone"
      for (int j = 0; j < columns; j++) {
        widened[i][j] = Math.min(costs[i][j], 2 * limit);
      }
    }
    int[] chosen = ofFewRows(widened, columns + rows);
    for (int i = 0; i < rows; i++) {
      boolean isPair = chosen[i] < columns && costs[i][chosen[i]] <= limit;
      chosen[i] = isPair ? chosen[i] : NONE;
    }
    return chosen;
  }

  /** Every row gets a column; there are at least as many. */
  private static int[] ofFewRows(double[][] costs, int columns) {
    int rows = costs.length;
    double[] ofRow = new double[rows];
    double[] ofColumn = new double[columns + 1];
    int[] rowAt = new int[columns + 1]; // the last place is where a path begins
    Arrays.fill(rowAt, NONE);
    for (int row = 0; row < rows; row++) {
      augment(costs, row, ofRow, ofColumn, rowAt);
    }
    int[] chosen = new int[rows];
    for (int column = 0; column < columns; column++) {
      if (rowAt[column] != NONE) {
        chosen[rowAt[column]] = column;
      }
    }
    return chosen;
  }

  /** Finds the cheapest path from a new row to a free column, and turns it over. */
  private static void augment(
      double[][] costs, int row, double[] ofRow, double[] ofColumn, int[] rowAt) {
    int columns = ofColumn.length - 1;
    double[] least = new double[columns];
    int[] before = new int[columns];
    boolean[] visited = new boolean[columns + 1];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    int current = columns;
    rowAt[current] = row;
    while (rowAt[current] != NONE) {
      visited[current] = true;
      int at = rowAt[current];
      double step = Double.POSITIVE_INFINITY;
      int next = NONE;
      for (int j = 0; j < columns; j++) {
        if (!visited[j]) {
          double reduced = costs[at][j] - ofRow[at] - ofColumn[j];
          if (reduced < least[j]) {
            least[j] = reduced;
            before[j] = current;
          }
          if (least[j] < step) {
            step = least[j];
            next = j;
          }
        }
      }
      for (int j = 0; j <= columns; j++) {
        if (visited[j]) {
          ofRow[rowAt[j]] += step;
          ofColumn[j] -= step;
        } else if (j < columns) {
          least[j] -= step;
        }
      }
      current = next;
    }
    while (current != columns) {
      rowAt[current] = rowAt[before[current]];
      current = before[current];
    }
    rowAt[columns] = NONE;
  }
}
