package io.alcedo.app.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Frames of a video.
 *
 * @param first from 1
 * @param last inclusive
 */
record FrameRange(int first, int last) {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})-(\\d{1,9})");

  /** Reads first-last. */
  static final class Converter implements ITypeConverter<FrameRange> {
    @Override
    public FrameRange convert(String text) {
      Matcher matcher = RANGE.matcher(text);
      if (matcher.matches()) {
        int first = Integer.parseInt(matcher.group(1));
        int last = Integer.parseInt(matcher.group(2));
        if (first >= 1 && first <= last) {
          return new FrameRange(first, last);
        }
      }
      throw new TypeConversionException(
          "'%s' is no range of frames, expected first-last as in 501-795".formatted(text));
    }
  }
}
