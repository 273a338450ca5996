package io.alcedo.connectors.camera;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A stream that FFmpeg reads from the network.
 *
 * @param address with user and password where it needs them
 * @param scheme of the address, lower case
 */
record StreamOrigin(String address, String scheme) implements VideoOrigin {
  /** Longest silence of a connection. FFmpeg is asked to open twice, so opening can take double. */
  static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** Rather too much than a password that was not escaped. */
  private static final Pattern CREDENTIALS = Pattern.compile("(://).*@");

  private static final Pattern SECRETS =
      Pattern.compile("([?&][^=&]*(?i:pass|pwd|token|secret|key|auth)[^=&]*=)[^&]*");
  private static final Pattern VIDEO_FILE =
      Pattern.compile("[^?#]*\\.(?i:mp4|m4v|mov|mkv|webm|avi|ts|mpg|mpeg)(?:[?#].*)?");

  @Override
  public String name() {
    return withoutCredentials(address);
  }

  @Override
  public boolean isLive() {
    return !(scheme.startsWith("http") && VIDEO_FILE.matcher(address).matches());
  }

  @Override
  public VideoSource open() {
    try {
      return FfmpegSource.open(address, name(), options(), isLive() ? liveDecoder() : Map.of());
    } catch (IOException e) {
      // The cause stays out: FFmpeg's own message has the password in it.
      throw new InvalidInputException(
          "%s: cannot be opened (%s). Check that the camera is on and reachable from here, and the address, user and password."
              .formatted(name(), e.getMessage()));
    }
  }

  private Map<String, String> options() {
    String micros = String.valueOf(TIMEOUT.toNanos() / 1_000);
    Map<String, String> options = new HashMap<>();
    if (scheme.startsWith("rtsp")) {
      // Over UDP a lost packet is a torn picture, and most firewalls stop it.
      options.put("rtsp_transport", "tcp");
      options.put("timeout", micros);
    } else {
      options.put("rw_timeout", micros);
    }
    return options;
  }

  /** Frame threads hold back as many pictures as there are threads. */
  private static Map<String, String> liveDecoder() {
    return Map.of("threads", "1");
  }

  /** An address as it may be shown: without user, password and keys. */
  static String withoutCredentials(String address) {
    String anonymous = CREDENTIALS.matcher(address).replaceFirst("$1***@");
    return SECRETS.matcher(anonymous).replaceAll("$1***");
  }
}
