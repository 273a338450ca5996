package io.alcedo.app.cli;

import io.alcedo.connectors.config.DurationReader;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line are written as in YAML. */
final class DurationOption implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      Duration duration = DurationReader.parse(text);
      if (duration.isZero()) {
        throw new IllegalArgumentException("'%s' is no time at all".formatted(text));
      }
      return duration;
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
