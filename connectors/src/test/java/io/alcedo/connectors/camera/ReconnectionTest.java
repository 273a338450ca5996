package io.alcedo.connectors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconnectionTest {
  @Test
  void waitsDoubleEachTimeUpToTheLongestAndNeverInStep() {
    Random random = new Random(5);
    for (int failures : new int[] {1, 2, 3, 5, 6, 7, 100}) {
      double whole = Math.min(30, Math.pow(2, failures - 1));
      double delay = Reconnection.DEFAULT.delay(failures, random).toNanos() / 1e9;
      assertThat(delay).isBetween(whole / 2, whole);
    }
    assertThat(Reconnection.DEFAULT.delay(9, random))
        .isNotEqualTo(Reconnection.DEFAULT.delay(9, random));
  }

  @Test
  void refusesWaitsThatMakeNoSense() {
    assertThatThrownBy(() -> new Reconnection(false, Duration.ZERO, Duration.ofSeconds(1)))
        .hasMessageContaining("expected 0 < shortest <= longest");
    assertThatThrownBy(() -> new Reconnection(false, Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("PT2S to PT1S");
  }
}
