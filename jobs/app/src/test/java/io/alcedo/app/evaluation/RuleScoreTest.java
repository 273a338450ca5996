package io.alcedo.app.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleScoreTest {
  /** Of four events two are told; one alert is of nothing, and one comes twice. */
  @Test
  void countsEachAlertAndEachEventOnce() {
    RuleScore score = new RuleScore();
    score.add(
        List.of(event(1, true), event(5, true), event(9, false), event(20, true)),
        List.of(1.5, 1.6, 8.0, 40.0),
        2);

    assertThat(score.events()).isEqualTo(4);
    assertThat(score.alerts()).isEqualTo(4);
    assertThat(score.precision()).isEqualTo(0.5);
    assertThat(score.recall()).isEqualTo(0.5);
    assertThat(score.recallOfShowing()).isEqualTo(1.0 / 3);

    RuleScore both = new RuleScore();
    both.add(score);
    both.add(List.of(event(1, true)), List.of(1.0), 2);
    assertThat(both.recall()).isEqualTo(0.6);
    assertThat(both.showing()).isEqualTo(4);
  }

  private static RuleScore.Event event(double seconds, boolean shows) {
    return new RuleScore.Event(seconds, shows);
  }
}
