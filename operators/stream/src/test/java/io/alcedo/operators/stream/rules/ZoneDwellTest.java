package io.alcedo.operators.stream.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.Lines;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Timelines worked by hand: ten frames a second, three seconds in the left half. */
class ZoneDwellTest {
  private static final String YAML =
      """
      id: loiter
      type: zone-dwell
      label: person
      zone: {name: yard, points: [[0, 0], [0.5, 0], [0.5, 1], [0, 1]]}
      duration: 3s
      gapTolerance: 500ms
      cooldown: 10s
      """;

  private final Rule rule = Rule.of(YamlReader.parse(YAML, "test", RuleSpec.class));
  private final List<Alert> alerts = new ArrayList<>();
  private RuleState state = RuleState.START;

  @Test
  void firesAtTheFrameThatCompletesTheDuration() {
    inside(5, 34);
    assertThat(alerts).isEmpty();
    inside(35, 35);

    Alert alert = alerts.get(0);
    assertThat(alert.frame().sequence()).isEqualTo(35);
    assertThat(alert.since()).isEqualTo(Frames.START.plusMillis(500));
    assertThat(alert.message()).isEqualTo("person in yard for 3.0 s");
    assertThat(alert.objects()).containsExactly("gate/" + Frames.SESSION + "/35#1");
    assertThat(alert.rule()).isEqualTo("loiter@1");
    assertThat(alert.id())
        .isEqualTo(AlertId.of("loiter@1", "gate/yard", "gate/" + Frames.SESSION + "/5#1"));
  }

  @Test
  void toleratesAGapUpToTheToleranceAndNoLonger() {
    inside(0, 10);
    outside(11, 14);
    inside(15, 29); // 10 -> 15 is 0.5 s: the stay goes on
    outside(30, 35);
    inside(36, 65); // 29 -> 36 is 0.7 s: a new stay begins at 36
    assertThat(alerts).isEmpty();
    inside(66, 66);
    assertThat(alerts).hasSize(1);
  }

  @Test
  void aHeartbeatLetsTimePassButNeverFires() {
    inside(0, 29);
    step(Lines.line(LineStatus.HEARTBEAT, Frames.SESSION, 31));
    assertThat(alerts).isEmpty();
    step(Lines.line(LineStatus.HEARTBEAT, Frames.SESSION, 36));
    assertThat(state).isEqualTo(RuleState.START);
  }

  @Test
  void aDroppedFrameDisprovesNothing() {
    inside(0, 26);
    step(Lines.line(LineStatus.DROPPED, Frames.SESSION, 27));
    step(Lines.line(LineStatus.DEAD, Frames.SESSION, 28));
    inside(29, 30);
    assertThat(alerts).hasSize(1);
  }

  @Test
  void isSilentDuringTheCooldownAndThenStartsAnew() {
    inside(0, 130);
    assertThat(alerts).hasSize(1); // at 30; silent until 130, which opens a new stay
    inside(131, 160);
    assertThat(alerts).hasSize(2);
    assertThat(alerts.get(1).id()).isNotEqualTo(alerts.get(0).id());
    assertThat(alerts.get(1).since()).isEqualTo(Frames.START.plusMillis(13_000));
  }

  @Test
  void startsOverWhenTimeJumpsBack() {
    inside(100, 120);
    inside(0, 29);
    assertThat(alerts).isEmpty();
    inside(30, 30);
    assertThat(alerts).hasSize(1);
  }

  @Test
  void onlyTheAnchorCounts() {
    for (int i = 0; i <= 40; i++) {
      step(Lines.people(i, 51, 90)); // the box reaches in, its bottom centre does not
    }
    assertThat(alerts).isEmpty();
  }

  private void inside(int from, int to) {
    for (int i = from; i <= to; i++) {
      step(Lines.people(i, 80, 50, 30, 90));
    }
  }

  private void outside(int from, int to) {
    for (int i = from; i <= to; i++) {
      step(Lines.people(i, 80, 50));
    }
  }

  private void step(DetectionLine line) {
    state = rule.step(state, line, alerts::add);
  }
}
