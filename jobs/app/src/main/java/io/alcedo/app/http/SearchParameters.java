package io.alcedo.app.http;

import io.alcedo.app.index.VectorFilter;
import io.alcedo.app.search.SearchOptions;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.DurationReader;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The query parameters of a search, strictly: what is not known is refused. */
final class SearchParameters {
  /** Hits if nobody says how many. */
  static final int USUAL_TOP = 20;

  private static final Set<String> LISTS = Set.of("camera", "label");
  private static final Set<String> COMMON =
      Set.of("camera", "label", "zone", "since", "until", "top", "own", "version");

  private final Map<String, List<String>> given;
  private final Clock clock;

  /**
   * Checks their names.
   *
   * @param clock that counts back from now
   * @param more names beyond those that every search takes
   * @throws InvalidInputException if one is not known, is empty, or is there twice
   */
  SearchParameters(Map<String, List<String>> given, Clock clock, String... more) {
    this.given = given;
    this.clock = clock;
    Set<String> known = new TreeSet<>(COMMON);
    known.addAll(List.of(more));
    given.forEach(
        (name, values) -> {
          require(
              known.contains(name),
              "unknown parameter '%s', expected one of %s".formatted(name, known));
          require(
              LISTS.contains(name) || values.size() == 1,
              "parameter %s is there %d times, expected once".formatted(name, values.size()));
          require(
              values.stream().noneMatch(String::isBlank), "parameter %s is empty".formatted(name));
        });
  }

  /** What the search looks at. */
  SearchOptions options() {
    VectorFilter filter =
        new VectorFilter(
            all("camera"), all("label"), null, null, text("zone"), time("since"), time("until"));
    return new SearchOptions(filter, top(), flag("own"), text("version"));
  }

  /** A parameter; null if it is not there. */
  String text(String name) {
    List<String> values = given.get(name);
    return values == null ? null : values.get(0);
  }

  boolean flag(String name) {
    String value = text(name);
    require(
        value == null || value.equals("true") || value.equals("false"),
        "%s is '%s', expected true or false".formatted(name, value));
    return "true".equals(value);
  }

  private Set<String> all(String name) {
    return Set.copyOf(given.getOrDefault(name, List.of()));
  }

  private int top() {
    String value = text("top");
    try {
      return value == null ? USUAL_TOP : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new InvalidInputException("top is '%s', expected a whole number".formatted(value), e);
    }
  }

  private Instant time(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      return value.endsWith("Z")
          ? Instant.parse(value)
          : clock.instant().minus(DurationReader.parse(value));
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new InvalidInputException(
          "%s is '%s', expected a time such as 2026-11-23T15:04:05Z, or how long ago as in 2h"
              .formatted(name, value),
          e);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new InvalidInputException(message);
    }
  }
}
