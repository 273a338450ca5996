package io.alcedo.connectors;

/**
 * Something that the user gave is wrong: a file, an address, a setting. The message says what,
 * where and the remedy, and stands alone: the command line prints it without a stack trace and
 * exits with 2.
 */
public class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
