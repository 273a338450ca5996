package io.alcedo.operators.stream.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.event.AnalyticsRow.Dwell;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DurationsTest {
  @Test
  void quantilesAreValuesThatCame() {
    Durations durations = Durations.NONE;
    for (int i = 10; i >= 1; i--) {
      durations = durations.with(i);
    }

    assertThat(durations.dwell()).isEqualTo(new Dwell(10, 5, 9, 10, 10));
    assertThat(Durations.NONE.dwell()).isEqualTo(new Dwell(0, 0, 0, 0, 0));
  }

  @Test
  void manyAreBinnedToATwentiethWhateverTheirOrder() {
    SplittableRandom random = new SplittableRandom(3);
    double[] values = random.doubles(12_000, 1, 100).toArray();
    Durations inOrder = Durations.NONE;
    Durations inParts = Durations.NONE;
    for (int from = 0; from < values.length; from += 3_000) {
      Durations part = Durations.NONE;
      for (int i = from + 2_999; i >= from; i--) {
        part = part.with(values[i]);
      }
      inParts = part.with(inParts);
    }
    for (double value : values) {
      inOrder = inOrder.with(value);
    }

    assertThat(inOrder.values()).isEmpty();
    assertThat(inOrder.bins()).isEqualTo(inParts.bins());
    assertThat(inOrder.dwell().stays()).isEqualTo(12_000);
    assertThat(inOrder.dwell().p50()).isCloseTo(50.5, within(4.0));
    assertThat(inOrder.dwell().max()).isBetween(99.9, 105.0);
  }
}
