package io.alcedo.connectors.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads YAML into configuration records, strictly: an unknown key, a wrong type or a value that the
 * record refuses becomes one line with the file, the key's full path and what was expected.
 */
public final class YamlReader {
  private static final ObjectMapper MAPPER =
      YAMLMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationReader()))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private YamlReader() {}

  /**
   * Reads one file.
   *
   * @throws InvalidInputException if it cannot be read or does not fit the record
   */
  public static <T> T read(Path file, Class<T> type) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read (%s). Give the path of a YAML file."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
    return parse(text, file.toString(), type);
  }

  /**
   * Reads a text.
   *
   * @param origin what to call the text in messages
   */
  public static <T> T parse(String text, String origin, Class<T> type) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (tree.isMissingNode() || tree.isNull()) {
        throw new InvalidInputException(origin + ": is empty");
      }
      requireKnown(tree, type, origin + ": ");
      return MAPPER.readValue(text, type);
    } catch (JacksonException e) {
      throw new InvalidInputException(origin + ": " + explain(e), e);
    }
  }

  /**
   * Reads a block of a text that is being read.
   *
   * @throws InvalidInputException if it does not fit the record; begins with the key
   */
  public static <T> T block(JsonNode tree, Class<T> type) {
    requireKnown(tree, type, "");
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw new InvalidInputException(explain(e), e);
    }
  }

  private static void requireKnown(JsonNode tree, Class<?> type, String origin) {
    String unknown = new UnknownKeys(MAPPER).find(tree, MAPPER.constructType(type), "");
    if (unknown != null) {
      throw new InvalidInputException(origin + unknown);
    }
  }

  private static String explain(JacksonException e) {
    if (e.getCause() instanceof JacksonYAMLParseException
        || e instanceof JacksonYAMLParseException) {
      return "is not valid YAML at line %d: %s"
          .formatted(e.getLocation().getLineNr(), lastLine(e.getOriginalMessage()));
    }
    if (e instanceof InvalidFormatException format) {
      return "%s: '%s' is not %s"
          .formatted(path(format), format.getValue(), expected(format.getTargetType()));
    }
    if (e instanceof ValueInstantiationException refused && refused.getCause() != null) {
      return refusal(path(refused), refused.getType().getRawClass(), refused.getCause());
    }
    if (e instanceof MismatchedInputException mismatch && mismatch.getPath().isEmpty()) {
      return "is empty or not a block of keys";
    }
    if (e instanceof MismatchedInputException mismatch) {
      return "%s: expected %s".formatted(path(mismatch), expected(mismatch.getTargetType()));
    }
    if (e instanceof JsonMappingException mapping) {
      return "%s: %s".formatted(path(mapping), mapping.getOriginalMessage());
    }
    return e.getOriginalMessage();
  }

  /** A record's message begins with the key that it refuses, if it is one key. */
  private static String refusal(String where, Class<?> type, Throwable cause) {
    String reason = cause.getMessage();
    String first = reason.substring(0, Math.max(0, reason.indexOf(' ')));
    boolean isKey =
        type.isRecord()
            && Arrays.stream(type.getRecordComponents())
                .anyMatch(component -> component.getName().equals(first));
    return where.isEmpty() ? reason : where + (isKey ? "." : ": ") + reason;
  }

  /** The parser's message quotes the text over several lines; the line that says what it wanted. */
  private static String lastLine(String message) {
    return message
        .lines()
        .filter(line -> line.startsWith("expected") || line.contains("found"))
        .reduce((first, second) -> second)
        .orElse(message.lines().findFirst().orElse(""));
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.length() == 0 ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.toString();
  }

  private static String expected(Class<?> type) {
    if (type == null) {
      return "another type";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    if (type == Duration.class) {
      return "a duration such as 500ms, 2s or 15min";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (List.class.isAssignableFrom(type)) {
      return "a list";
    }
    return type.isRecord() ? "a block of keys" : "a " + type.getSimpleName();
  }
}
