package io.alcedo.app.output;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The bottom line of the terminal, rewritten in place; events scroll above it. Where the output is
 * no terminal it becomes an ordinary line every few seconds.
 */
public final class StatusLine implements AutoCloseable {
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(10);
  private static final String CLEAR = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean terminal;
  private final int columns;
  private final Clock clock;
  private Instant lastPlain = Instant.EPOCH;
  private boolean shown;

  public StatusLine(PrintStream out, boolean terminal, int columns, Clock clock) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
    this.clock = clock;
  }

  /** A status line on standard output; the launcher says whether that is a terminal, how wide. */
  public static StatusLine onStandardOutput() {
    int columns = Integer.getInteger("alcedo.columns", 0);
    return new StatusLine(System.out, columns > 0, columns, Clock.systemUTC());
  }

  /** Shows a new status. */
  public synchronized void show(String status) {
    if (terminal) {
      String cut = status.length() < columns ? status : status.substring(0, columns - 1);
      out.print(CLEAR + cut);
      out.flush();
      shown = true;
    } else if (Duration.between(lastPlain, clock.instant()).compareTo(PLAIN_INTERVAL) >= 0) {
      lastPlain = clock.instant();
      out.println(status);
    }
  }

  /** Prints a line that stays, above the status. */
  public synchronized void print(String line) {
    clear();
    out.println(line);
  }

  @Override
  public synchronized void close() {
    clear();
  }

  private void clear() {
    if (shown) {
      out.print(CLEAR);
      out.flush();
      shown = false;
    }
  }
}
