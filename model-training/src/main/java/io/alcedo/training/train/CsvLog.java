package io.alcedo.training.train;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table that grows by a row at a time and survives a kill; its first column is the step. */
final class CsvLog implements AutoCloseable {
  private final BufferedWriter out;

  /**
   * Opens a table; of one that is there, rows of steps before {@code first} stay. What a run wrote
   * between its last checkpoint and its end is written anew by the run that goes on.
   */
  CsvLog(Path file, String header, int first) throws IOException {
    List<String> kept = new ArrayList<>(List.of(header));
    if (first > 0 && Files.exists(file)) {
      Files.readAllLines(file).stream().skip(1).filter(row -> step(row) < first).forEach(kept::add);
    }
    Files.write(file, kept);
    out = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
  }

  private static int step(String row) {
    try {
      return Integer.parseInt(row.substring(0, Math.max(0, row.indexOf(','))));
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE; // half a row: the run was killed as it wrote it
    }
  }

  /** Appends a row: the step, then cells as they are. */
  void row(int step, List<String> cells) throws IOException {
    out.write(step + "," + String.join(",", cells) + "\n");
    out.flush();
  }

  /** A figure as a cell. */
  static String cell(double figure) {
    return String.format(Locale.ROOT, "%.5g", figure);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
