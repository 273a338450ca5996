package io.alcedo.app.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.app.index.IndexStatus.Freshness;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FreshnessMeterTest {
  private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

  private final FreshnessMeter meter = new FreshnessMeter(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void tellsOfTheLastThousandThatCanBeFound() {
    assertThat(meter.report()).isNull();
    meter.written(NOW.minusMillis(700));
    assertThat(meter.report()).as("not yet").isNull();
    meter.shown();
    assertThat(meter.report()).isEqualTo(new Freshness(1, 700, 700, 700));
    for (int i = 1; i <= 200; i++) {
      meter.written(NOW.minusMillis(i));
    }
    meter.written(NOW.plusMillis(5)); // the publisher's clock is ahead
    meter.shown();
    assertThat(meter.report()).isEqualTo(new Freshness(202, 100, 199, 700));
    for (int i = 0; i < 1000; i++) {
      meter.written(NOW.minusMillis(40));
    }
    meter.shown();
    assertThat(meter.report()).isEqualTo(new Freshness(1000, 40, 40, 40));
  }
}
