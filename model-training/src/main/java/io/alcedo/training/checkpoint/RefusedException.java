package io.alcedo.training.checkpoint;

import java.io.IOException;

/**
 * A file's content is not what it should be. Says what and the remedy; the file's name is put in
 * front where it is known.
 */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_NAME = 100;

  RefusedException(String message) {
    super(message);
  }

  /** The bytes are not those that were written. */
  static RefusedException damaged(String how) {
    return new RefusedException(how + ". Download or export it again.");
  }

  /** A text out of the file, fit for one line of a terminal: it may hold anything. */
  static String printable(String text) {
    String cut =
        text.length() <= LONGEST_NAME
            ? text
            : text.substring(0, LONGEST_NAME) + "… (%d characters)".formatted(text.length());
    return cut.replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{S} ]", "?");
  }
}
