package io.alcedo.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T15:00:00Z"), ZoneOffset.UTC);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void rewritesOneLineOfATerminalAndScrollsEventsAboveIt() {
    try (StatusLine line = new StatusLine(out, true, 12, CLOCK)) {
      line.show("one");
      line.show("two that is too long");
      line.print("event");
    }
    String clear = "\r\u001b[2K";
    assertThat(text())
        .isEqualTo(
            clear + "one" + clear + "two that is" + clear + "event" + System.lineSeparator());
  }

  @Test
  void saysTheStatusNowAndThenWhereThereIsNoTerminal() {
    try (StatusLine line = new StatusLine(out, false, 0, CLOCK)) {
      line.show("one");
      line.show("two");
    }
    assertThat(text()).isEqualTo("one" + System.lineSeparator());
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
