package io.alcedo.app.bench.continual;

import io.alcedo.training.evaluation.Retrieval;
import java.util.Locale;

/**
 * What an arm's encoder could do at a moment.
 *
 * @param updates that it had made
 * @param phase whose end it is, "" in between
 * @param place where people were looked for
 * @param recall recall@1, 0 to 1
 * @param map mean average precision, 0 to 1
 */
record Finding(
    String arm, long seed, long updates, String phase, String place, double recall, double map) {
  static final String HEADER = "arm,seed,updates,phase,place,recall,map";
  private static final int CELLS = 7;

  static Finding of(
      String arm, long seed, long updates, String phase, String place, Retrieval found) {
    return new Finding(
        arm, seed, updates, phase, place, found.recall(), found.meanAveragePrecision());
  }

  String csv() {
    return String.format(
        Locale.ROOT, "%s,%d,%d,%s,%s,%.4f,%.4f", arm, seed, updates, phase, place, recall, map);
  }

  static Finding parse(String row) {
    String[] cells = row.split(",", -1);
    if (cells.length != CELLS) {
      throw new IllegalArgumentException("expected %s".formatted(HEADER));
    }
    return new Finding(
        cells[0],
        Long.parseLong(cells[1]),
        Long.parseLong(cells[2]),
        cells[3],
        cells[4],
        Double.parseDouble(cells[5]),
        Double.parseDouble(cells[6]));
  }
}
