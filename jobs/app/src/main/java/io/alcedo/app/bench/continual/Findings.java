package io.alcedo.app.bench.continual;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A table of findings to which an arm's rows are added at once, when it is done. */
final class Findings {
  private final Path file;
  private final List<Finding> rows = new ArrayList<>();

  private Findings(Path file) {
    this.file = file;
  }

  /**
   * Opens a table, new or with the arms that are done.
   *
   * @throws InvalidInputException if it is no such table
   */
  static Findings open(Path file) throws IOException {
    Findings findings = new Findings(file);
    if (Files.exists(file)) {
      List<String> lines = Files.readAllLines(file);
      for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
        try {
          findings.rows.add(Finding.parse(line));
        } catch (IllegalArgumentException e) {
          throw new InvalidInputException(
              "%s: '%s' is no finding; remove the file to begin anew".formatted(file, line), e);
        }
      }
    } else {
      Files.writeString(file, Finding.HEADER + "\n");
    }
    return findings;
  }

  void add(List<Finding> more) throws IOException {
    StringBuilder text = new StringBuilder();
    more.forEach(finding -> text.append(finding.csv()).append('\n'));
    Files.writeString(file, text, StandardOpenOption.APPEND);
    rows.addAll(more);
  }

  boolean has(String arm, long seed) {
    return rows.stream().anyMatch(row -> row.arm().equals(arm) && row.seed() == seed);
  }

  List<Finding> where(Predicate<Finding> condition) {
    return rows.stream().filter(condition).toList();
  }
}
