package io.alcedo.connectors.camera;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.simulation.SceneSpec;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the address of a camera.
 *
 * <table>
 *   <caption>Addresses</caption>
 *   <tr><td>{@code street.mp4}, {@code file:///videos/street.mp4}</td><td>a video file</td></tr>
 *   <tr><td>{@code rtsp://user:password@10.0.0.7/stream}</td><td>a network camera</td></tr>
 *   <tr><td>{@code http://10.0.0.7/video.mjpg}</td><td>any stream that FFmpeg reads; one whose path
 *       ends like a video file ({@code .mp4}) is read once</td></tr>
 *   <tr><td>{@code device:0}, {@code /dev/video0}</td><td>a webcam</td></tr>
 *   <tr><td>{@code sim://street?seed=7&duration=60s}</td><td>a simulated camera, live unless it has
 *       a duration</td></tr>
 * </table>
 */
public final class VideoSources {
  private static final Pattern DEVICE = Pattern.compile("(?:device:|/dev/video)(\\d{1,3})");
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://.+");
  private static final List<String> STREAMS =
      List.of("rtsp", "rtsps", "http", "https", "rtmp", "rtmps", "srt", "udp", "rtp", "tcp");

  private VideoSources() {}

  /**
   * The origin at an address. Nothing is opened yet.
   *
   * @throws InvalidInputException if no address has this form
   */
  public static VideoOrigin at(String address) {
    String text = address.strip();
    if (text.isEmpty()) {
      throw new InvalidInputException("The camera's address is empty. " + expected());
    }
    if (text.startsWith("sim://")) {
      return new SimulatedOrigin(text, SceneSpec.parse(text));
    }
    Matcher device = DEVICE.matcher(text);
    if (device.matches()) {
      return new WebcamOrigin(Integer.parseInt(device.group(1)));
    }
    Matcher scheme = SCHEME.matcher(text);
    return scheme.matches() ? withScheme(text, scheme.group(1)) : file(path(text));
  }

  /** The origin that is a video file. */
  public static VideoOrigin file(Path file) {
    return new VideoFileOrigin(file);
  }

  /** Opens what is at an address; see {@link #at} and {@link VideoOrigin#open}. */
  public static VideoSource open(String address) {
    return at(address).open();
  }

  private static VideoOrigin withScheme(String text, String scheme) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    if (lower.equals("file")) {
      return file(fileOf(text));
    }
    if (!STREAMS.contains(lower)) {
      throw new InvalidInputException(
          "%s: no camera speaks '%s'. %s"
              .formatted(StreamOrigin.withoutCredentials(text), scheme, expected()));
    }
    return new StreamOrigin(text, lower);
  }

  private static Path fileOf(String text) {
    try {
      return Path.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "%s: is no file address (%s). Write file:///path/to/video.mp4, or the path alone."
              .formatted(text, e.getMessage()),
          e);
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new InvalidInputException("%s: is no path. %s".formatted(text, expected()), e);
    }
  }

  private static String expected() {
    return "Give a video file, %s://..., device:0 or sim://street."
        .formatted(String.join("://..., ", STREAMS));
  }
}
