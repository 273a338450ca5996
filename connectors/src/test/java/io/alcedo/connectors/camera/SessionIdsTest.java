package io.alcedo.connectors.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionIdsTest {
  private static final long NOON = Instant.parse("2026-11-23T12:00:00Z").toEpochMilli();

  @Test
  void growEvenWhenTheClockStandsOrGoesBack() {
    AtomicLong millis = new AtomicLong(NOON);
    InstantSource source = () -> Instant.ofEpochMilli(millis.get());
    SessionIds sessions = new SessionIds(source.withZone(ZoneOffset.UTC), new Random(1));
    List<String> ids = new ArrayList<>();
    for (long step : new long[] {0, 0, 0, -5, -60_000, 1, 120_000, 0}) {
      millis.addAndGet(step);
      ids.add(sessions.next());
    }
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(ids).allMatch(id -> id.matches("[0-9A-HJKMNP-TV-Z]{26}"));
  }

  @Test
  void areAFunctionOfClockAndRandomness() {
    Clock noon = Clock.fixed(Instant.ofEpochMilli(NOON), ZoneOffset.UTC);
    assertThat(new SessionIds(noon, new Random(1)).next())
        .isEqualTo(new SessionIds(noon, new Random(1)).next())
        .isNotEqualTo(new SessionIds(noon, new Random(2)).next());
  }
}
