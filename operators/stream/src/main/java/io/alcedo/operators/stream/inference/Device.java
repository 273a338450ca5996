package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.InvalidInputException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a model shall run: {@code auto}, {@code cpu}, {@code cuda:N} or {@code tensorrt:N}.
 *
 * @param index which GPU, 0 for the others
 */
public record Device(Kind kind, int index) implements Serializable {
  private static final Pattern FORM = Pattern.compile("(auto|cpu)|(cuda|tensorrt)(?::(\\d{1,3}))?");

  /** What kinds there are. */
  public enum Kind {
    AUTO,
    CPU,
    CUDA,
    TENSORRT
  }

  public static final Device AUTO = new Device(Kind.AUTO, 0);
  public static final Device CPU = new Device(Kind.CPU, 0);

  /**
   * Reads a setting.
   *
   * @throws InvalidInputException if the text has another form
   */
  public static Device parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new InvalidInputException(
          "device '%s' is unknown; expected auto, cpu, cuda:N or tensorrt:N".formatted(text));
    }
    if (matcher.group(1) != null) {
      return matcher.group(1).equals("auto") ? AUTO : CPU;
    }
    Kind kind = matcher.group(2).equals("cuda") ? Kind.CUDA : Kind.TENSORRT;
    return new Device(kind, matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
  }

  @Override
  public String toString() {
    return switch (kind) {
      case AUTO -> "auto";
      case CPU -> "cpu";
      case CUDA -> "cuda:" + index;
      case TENSORRT -> "tensorrt:" + index;
    };
  }
}
