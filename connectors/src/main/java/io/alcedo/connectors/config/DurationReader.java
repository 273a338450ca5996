package io.alcedo.connectors.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 2s}, {@code 15min}, {@code 2h}, {@code 7d}.
 */
public final class DurationReader extends StdDeserializer<Duration> {
  private static final long serialVersionUID = 1L;
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|min|m|h|d)");

  public DurationReader() {
    super(Duration.class);
  }

  @Override
  public Duration deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    String text = parser.getValueAsString("");
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      return (Duration) context.handleWeirdStringValue(Duration.class, text, e.getMessage());
    }
  }

  /**
   * Reads one duration.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a duration such as 500ms, 2s or 15min".formatted(text));
    }
    double number = Double.parseDouble(matcher.group(1));
    double millis =
        switch (matcher.group(2)) {
          case "ms" -> number;
          case "s" -> number * 1_000;
          case "h" -> number * 3_600_000;
          case "d" -> number * 86_400_000;
          default -> number * 60_000;
        };
    return Duration.ofMillis(Math.round(millis));
  }
}
