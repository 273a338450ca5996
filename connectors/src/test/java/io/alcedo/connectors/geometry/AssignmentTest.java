package io.alcedo.connectors.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AssignmentTest {
  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void costsAsLittleAsTheBestOfAll() {
    for (int trial = 0; trial < 300; trial++) {
      double[][] costs = costs(1 + random.nextInt(6), 1 + random.nextInt(6), -1);
      int[] chosen = Assignment.cheapest(costs);

      int[] columns = Arrays.stream(chosen).filter(column -> column >= 0).toArray();
      assertThat(columns).hasSize(Math.min(costs.length, costs[0].length)).doesNotHaveDuplicates();
      assertThat(sum(costs, chosen, 0)).isCloseTo(best(costs, 0, 0, 1e9, true), within(1e-9));
    }
  }

  @Test
  void leavesRowsAloneWhereAPairCostsMore() {
    for (int trial = 0; trial < 300; trial++) {
      double[][] costs = costs(1 + random.nextInt(5), 1 + random.nextInt(5), 0);
      int[] chosen = Assignment.within(costs, 0.4);

      for (int row = 0; row < chosen.length; row++) {
        assertThat(chosen[row] == Assignment.NONE || costs[row][chosen[row]] <= 0.4).isTrue();
      }
      assertThat(sum(costs, chosen, 0.4)).isCloseTo(best(costs, 0, 0, 0.4, false), within(1e-9));
    }
  }

  @Test
  void takesNothing() {
    assertThat(Assignment.cheapest(new double[0][0])).isEmpty();
    assertThat(Assignment.cheapest(new double[2][0])).containsExactly(-1, -1);
    assertThat(Assignment.within(new double[2][0], 1)).containsExactly(-1, -1);
  }

  private double[][] costs(int rows, int columns, double from) {
    double[][] costs = new double[rows][columns];
    for (double[] row : costs) {
      Arrays.setAll(row, column -> from + random.nextDouble() * (1 - from));
    }
    return costs;
  }

  private static double sum(double[][] costs, int[] chosen, double alone) {
    double sum = 0;
    for (int row = 0; row < chosen.length; row++) {
      sum += chosen[row] == Assignment.NONE ? alone : costs[row][chosen[row]];
    }
    return sum;
  }

  /** Tries everything; where all must be paired, being alone is for surplus rows only. */
  private static double best(
      double[][] costs, int row, int taken, double alone, boolean allPaired) {
    if (row == costs.length) {
      return 0;
    }
    int left = costs[0].length - Integer.bitCount(taken);
    boolean mayBeAlone = !allPaired || costs.length - row > left;
    double ofAlone = allPaired ? 0 : alone;
    double least =
        mayBeAlone
            ? ofAlone + best(costs, row + 1, taken, alone, allPaired)
            : Double.POSITIVE_INFINITY;
    for (int column = 0; column < costs[row].length; column++) {
      if ((taken & 1 << column) == 0) {
        double with =
            costs[row][column] + best(costs, row + 1, taken | 1 << column, alone, allPaired);
        least = Math.min(least, with);
      }
    }
    return least;
  }
}
