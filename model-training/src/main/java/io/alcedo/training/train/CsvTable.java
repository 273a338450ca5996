package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A table that {@link CsvLog} wrote. */
final class CsvTable {
  private final Path file;
  private final List<String> columns;
  private final List<String[]> rows;

  private CsvTable(Path file, List<String> columns, List<String[]> rows) {
    this.file = file;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Reads a table; half a row at its end, of a run that is being written, is left out.
   *
   * @throws InvalidInputException if there is none
   */
  static CsvTable read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read. Give the output folder of a training.".formatted(file), e);
    }
    if (lines.isEmpty()) {
      throw new InvalidInputException(file + ": is empty");
    }
    List<String> columns = List.of(lines.get(0).split(",", -1));
    List<String[]> rows =
        lines.stream()
            .skip(1)
            .map(line -> line.split(",", -1))
            .filter(cells -> cells.length == columns.size())
            .toList();
    return new CsvTable(file, columns, rows);
  }

  /** Number of rows. */
  int size() {
    return rows.size();
  }

  boolean has(String column) {
    return columns.contains(column);
  }

  String text(int row, String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new InvalidInputException(
          "%s: has no column '%s', only %s".formatted(file, column, columns));
    }
    return rows.get(row)[index];
  }

  double number(int row, String column) {
    return Double.parseDouble(text(row, column));
  }
}
