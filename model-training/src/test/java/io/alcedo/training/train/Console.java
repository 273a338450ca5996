package io.alcedo.training.train;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Where the tests' trainings print. */
final class Console {
  private Console() {}

  static PrintStream silent() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  /** Breaks a run off when its progress shows a text. */
  static PrintStream failingAt(String text) {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
      @Override
      public void print(String line) {
        if (line.contains(text)) {
          throw new UncheckedIOException(new IOException("killed"));
        }
      }
    };
  }
}
