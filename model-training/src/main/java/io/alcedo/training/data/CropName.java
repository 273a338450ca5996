package io.alcedo.training.data;

import io.alcedo.connectors.InvalidInputException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a crop's file, as in {@code plaza-1@12.40.jpg}: who took it, and when.
 *
 * @param camera that took it
 * @param seconds since the camera's first frame, to the hundredth
 */
public record CropName(String camera, double seconds) {
  private static final Pattern NAME =
      Pattern.compile("(?:.*/)?([A-Za-z0-9._-]+)@(\\d+(?:\\.\\d+)?)\\.\\w+");

  /**
   * Reads a name.
   *
   * @param path with or without folders
   * @throws InvalidInputException if it is none
   */
  public static CropName parse(String path) {
    Matcher matcher = NAME.matcher(path);
    if (!matcher.matches()) {
      throw new InvalidInputException(
          "%s: expected camera@seconds.jpg, as ./alcedo crops names its pictures".formatted(path));
    }
    return new CropName(matcher.group(1), Double.parseDouble(matcher.group(2)));
  }

  /** Name of a JPEG file. */
  public String fileName() {
    return String.format(Locale.ROOT, "%s@%.2f.jpg", camera, seconds);
  }
}
