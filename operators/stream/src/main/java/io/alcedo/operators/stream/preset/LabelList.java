package io.alcedo.operators.stream.preset;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Class names by label id. */
final class LabelList {
  private static final String BACKGROUND = "background";
  private static final String UNUSED = "N/A";

  private LabelList() {}

  /**
   * Of a detector, whose id 0 is the background.
   *
   * @param chosen {@code coco91} (COCO's own ids, with gaps), {@code coco80} (1 to 80 without), or
   *     a file with one name a line, from id 1 on
   */
  static List<String> ofDetector(String chosen) {
    return switch (chosen) {
      case "coco91" -> coco91();
      case "coco80" -> coco91().stream().filter(name -> !name.equals(UNUSED)).toList();
      default -> {
        List<String> names = new ArrayList<>(read(chosen));
        String first = names.get(0).toLowerCase(Locale.ROOT);
        if (!first.replace("_", "").equals(BACKGROUND)) {
          names.add(0, BACKGROUND);
        }
        yield names;
      }
    };
  }

  /**
   * Of a classifier, whose id 0 is its first class.
   *
   * @param chosen a file with one name a line; null numbers the classes
   * @param classes how many the model has
   */
  static List<String> ofClassifier(String chosen, int classes) {
    if (chosen == null) {
      return IntStream.range(0, classes).mapToObj(id -> "class " + id).toList();
    }
    List<String> names = read(chosen);
    if (names.size() != classes) {
      throw new InvalidInputException(
          "--labels %s: has %d names, but the model has %d classes"
              .formatted(chosen, names.size(), classes));
    }
    return names;
  }

  private static List<String> coco91() {
    Map<Integer, String> byId = new TreeMap<>();
    try (InputStream in = LabelList.class.getResourceAsStream("coco.txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> byId.put(Integer.valueOf(line.split(" ", 2)[0]), line.split(" ", 2)[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> names =
        new ArrayList<>(Collections.nCopies(Collections.max(byId.keySet()) + 1, UNUSED));
    names.set(0, BACKGROUND);
    byId.forEach(names::set);
    return names;
  }

  private static List<String> read(String file) {
    try {
      List<String> names =
          Files.readAllLines(Path.of(file)).stream()
              .map(String::strip)
              .filter(name -> !name.isEmpty())
              .toList();
      if (names.isEmpty()) {
        throw new InvalidInputException(
            "--labels %s: has no names, expected one a line".formatted(file));
      }
      return names;
    } catch (IOException e) {
      throw new InvalidInputException(
          "--labels %s: cannot be read (%s); expected a file with one name a line, or of a detector coco91 or coco80"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }
}
