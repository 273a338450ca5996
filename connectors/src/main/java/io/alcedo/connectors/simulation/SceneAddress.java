package io.alcedo.connectors.simulation;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.DurationReader;
import io.alcedo.connectors.simulation.world.SceneType;
import io.alcedo.connectors.simulation.world.Weather;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a {@code sim://} address. */
final class SceneAddress {
  static final String SCHEME = "sim://";

  private static final List<String> KEYS =
      List.of("seed", "view", "size", "fps", "time", "weather", "density", "duration");
  private static final Map<String, Double> HOURS =
      Map.of("dawn", 6.4, "morning", 8.5, "day", 13.0, "dusk", 18.2, "night", 22.0);
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
  private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})");

  private final String address;
  private final String scene;
  private final Map<String, String> values = new LinkedHashMap<>();

  SceneAddress(String address) {
    this.address = address;
    if (!address.startsWith(SCHEME)) {
      throw new InvalidInputException(
          "'%s' is not a simulated camera: expected %s<scene>?key=value&..."
              .formatted(address, SCHEME));
    }
    int query = address.indexOf('?');
    this.scene = address.substring(SCHEME.length(), query < 0 ? address.length() : query);
    if (query >= 0) {
      for (String pair : address.substring(query + 1).split("&", -1)) {
        add(pair);
      }
    }
  }

  private void add(String pair) {
    int equals = pair.indexOf('=');
    String key = equals < 0 ? pair : pair.substring(0, equals);
    if (equals < 0 || !KEYS.contains(key)) {
      throw new InvalidInputException(
          "%s: unknown setting '%s', expected key=value with one of %s"
              .formatted(address, pair, KEYS));
    }
    if (values.put(key, pair.substring(equals + 1)) != null) {
      throw new InvalidInputException("%s: '%s' is given twice".formatted(address, key));
    }
  }

  SceneSpec spec() {
    int[] size = read("size", "768x576", "WIDTHxHEIGHT in even px from 64 to 4096", this::size);
    Optional<Duration> duration =
        Optional.ofNullable(values.get("duration"))
            .map(text -> read("duration", text, "a duration such as 60s", this::duration));
    Duration passage = duration.orElse(Duration.ofMinutes(2));
    return new SceneSpec(
        sceneType(),
        read("seed", "1", "a whole number", Long::parseLong),
        read(
            "view",
            "0",
            "a whole number from 0",
            text -> within(Integer.parseInt(text), 0, 1e6).intValue()),
        size[0],
        size[1],
        read("fps", "10", "frames a second from 0.1 to 120", text -> decimal(text, 0.1, 120)),
        read(
            "time",
            "day",
            "%s, a time such as 17:30, or two of these as from-to".formatted(sorted()),
            text -> hours(text, passage)),
        read("weather", "clear", "one of " + Weather.titles(), this::weather),
        read("density", "0.5", "a number from 0 to 3", text -> decimal(text, 0, 3)),
        duration);
  }

  private static List<String> sorted() {
    return HOURS.keySet().stream().sorted().toList();
  }

  private SceneType sceneType() {
    return Arrays.stream(SceneType.values())
        .filter(type -> type.title().equals(scene.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: there is no scene '%s', expected one of %s"
                        .formatted(address, scene, SceneType.titles())));
  }

  private <T> T read(String key, String fallback, String expected, Function<String, T> reader) {
    String text = values.getOrDefault(key, fallback);
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "%s: %s is '%s', expected %s".formatted(address, key, text, expected), e);
    }
  }

  private int[] size(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a size");
    }
    int width = within(Integer.parseInt(matcher.group(1)), 64, 4096).intValue();
    int height = within(Integer.parseInt(matcher.group(2)), 64, 4096).intValue();
    if (width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException("odd");
    }
    return new int[] {width, height};
  }

  private Duration duration(String text) {
    Duration duration = DurationReader.parse(text);
    if (duration.isZero()) {
      throw new IllegalArgumentException("zero");
    }
    return duration;
  }

  private SceneSpec.Hours hours(String text, Duration passage) {
    String[] ends = text.split("-", -1);
    if (ends.length > 2) {
      throw new IllegalArgumentException("more than two times");
    }
    double from = hour(ends[0]);
    return ends.length == 1
        ? SceneSpec.Hours.at(from)
        : new SceneSpec.Hours(from, hour(ends[1]), passage);
  }

  private static double hour(String text) {
    Matcher clock = CLOCK.matcher(text);
    if (clock.matches()) {
      double hours = within(Integer.parseInt(clock.group(1)), 0, 23);
      return hours + within(Integer.parseInt(clock.group(2)), 0, 59) / 60;
    }
    if (!HOURS.containsKey(text)) {
      throw new IllegalArgumentException("not a time");
    }
    return HOURS.get(text);
  }

  private Weather weather(String text) {
    return Arrays.stream(Weather.values())
        .filter(weather -> weather.title().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such weather"));
  }

  private static double decimal(String text, double low, double high) {
    return within(Double.parseDouble(text), low, high);
  }

  private static Double within(double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }
}
