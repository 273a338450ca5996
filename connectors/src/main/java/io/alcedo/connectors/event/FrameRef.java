package io.alcedo.connectors.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a frame's bytes lie in the log. */
public record FrameRef(String topic, int partition, long offset) {
  private static final Pattern FORM = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})");

  /**
   * Reads frames-2@99.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public static FrameRef parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no place in a log, expected one such as frames-2@99".formatted(text));
    }
    return new FrameRef(
        parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
