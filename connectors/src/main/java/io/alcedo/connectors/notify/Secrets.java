package io.alcedo.connectors.notify;

import io.alcedo.connectors.InvalidInputException;

/** Secrets come from the environment: a configuration file is copied, printed and committed. */
final class Secrets {
  private Secrets() {}

  /**
   * The value of a variable.
   *
   * @param channel who needs it
   * @throws InvalidInputException if it is not set
   */
  static String require(String channel, String variable) {
    String value = System.getenv(variable);
    if (value == null || value.isBlank()) {
      throw new InvalidInputException(
          "channel %s: environment variable %s is not set; set it where the job runs"
              .formatted(channel, variable));
    }
    return value.strip();
  }
}
