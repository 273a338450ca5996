package io.alcedo.connectors.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CaptureTimesTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456789Z");

  @Test
  void framesComeOneAfterTheOtherInWholeMicroseconds() {
    CaptureTimes times = new CaptureTimes(true);
    assertThat(times.ofFrame(NOON)).isEqualTo("2026-11-23T12:00:00.123456Z");
    assertThat(times.ofFrame(NOON)).isEqualTo("2026-11-23T12:00:00.123457Z");
    assertThat(times.ofFrame(NOON.minusSeconds(9))).isEqualTo("2026-11-23T12:00:00.123458Z");
    assertThat(times.ofFrame(NOON.plusSeconds(1))).isEqualTo("2026-11-23T12:00:01.123456Z");
  }

  @Test
  void signsMayShareATimeButNeverGoBack() {
    CaptureTimes times = new CaptureTimes(true);
    Instant frame = times.ofFrame(NOON);
    assertThat(times.ofSign(NOON.minusSeconds(1))).isEqualTo(frame);
    assertThat(times.ofFrame(NOON.minusSeconds(1))).isAfter(frame);
  }

  @Test
  void saysOnceThatTheClockWentBack() {
    CaptureTimes times = new CaptureTimes(true);
    times.ofFrame(NOON);
    assertThat(times.complaint(NOON.minusMillis(900))).isEmpty();
    assertThat(times.complaint(NOON.minusSeconds(60)).orElseThrow())
        .contains("capture time went back");
    assertThat(times.complaint(NOON.minusSeconds(59))).isEmpty();
    assertThat(times.complaint(NOON.plusSeconds(1))).isEmpty();
    assertThat(times.complaint(NOON.minusSeconds(60))).isPresent();
  }

  @Test
  void saysThatTheClockJumpedOrWasNeverSet() {
    CaptureTimes times = new CaptureTimes(true);
    assertThat(times.complaint(Instant.EPOCH).orElseThrow()).contains("this machine's clock says");
    times.ofFrame(Instant.EPOCH);
    assertThat(times.complaint(NOON).orElseThrow()).contains("capture time jumped");
    times.ofFrame(NOON);
    assertThat(times.complaint(NOON.plusSeconds(1))).isEmpty();
  }

  @Test
  void aFileMayBeOld() {
    assertThat(new CaptureTimes(false).complaint(Instant.parse("2000-01-01T00:00:00Z"))).isEmpty();
  }
}
