package io.alcedo.operators.stream.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.AnalyticsRow.Crossings;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.Tracks;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Timelines worked by hand: ten frames a second of 100 x 100 px, windows of ten seconds. */
class CameraAnalyticsTest {
  private static final SceneHistory SCENES =
      new SceneHistory(
          List.of(
              YamlReader.parse(
                  """
                  zones: [{name: yard, points: [[0, 0], [0.5, 0], [0.5, 1], [0, 1]]}]
                  lines: [{name: door, unit: px, from: [50, 100], to: [50, 0]}]
                  """,
                  "test",
                  Scene.class)));

  private final List<AnalyticsRow> rows = new ArrayList<>();
  private CameraAnalytics analytics = of("{windows: [{size: 10s}], heatColumns: 2, heatRows: 1}");
  private AnalyticsState state = AnalyticsState.START;

  /** One is in the yard for 4 s, then outside; another is outside all the time. */
  @Test
  void aWindowIsToldWhenTheCameraHasPassedItsEnd() {
    at(0, 39, 30, 90, 70, 90);
    at(40, 99, 60, 90, 70, 90);
    assertThat(rows).isEmpty();
    at(100, 100, 60, 90, 70, 90);

    AnalyticsRow whole = row(null, 0);
    assertThat(whole.start()).isEqualTo(Frames.START);
    assertThat(whole.end()).isEqualTo(Frames.START.plusSeconds(10));
    assertThat(whole.frames()).isEqualTo(100);
    assertThat(whole.observedSeconds()).isCloseTo(10, within(1e-9));
    assertThat(whole.tracks()).isEqualTo(2);
    assertThat(whole.occupancyMean()).isCloseTo(2, within(1e-9));
    assertThat(whole.entered()).isEqualTo(2);
    assertThat(whole.left()).isZero();
    assertThat(whole.crossings()).containsEntry("door", new Crossings(1, 0));
    assertThat(whole.speed().unit()).isEqualTo("heights/s");
    assertThat(whole.speed().max()).isCloseTo(1.5, within(1e-9)); // 30 px of 20 in a second
    assertThat(whole.heat().seconds()).containsExactly(3.9f, 15.9f);
    AnalyticsRow yard = row("yard", 0);
    assertThat(yard.tracks()).isEqualTo(1);
    assertThat(yard.occupancyMean()).isCloseTo(0.4, within(1e-9));
    assertThat(yard.occupancyMax()).isEqualTo(1);
    assertThat(yard.left()).isEqualTo(1);
    assertThat(yard.dwell().p50()).isCloseTo(3.9, within(1e-9));
    assertThat(yard.heat()).isNull();
    assertThat(rows).hasSize(2);
  }

  @Test
  void windowsMayOverlap() {
    analytics = of("windows: [{size: 10s, slide: 5s}]");
    at(0, 49, 30, 90);
    at(50, 200, 70, 90);

    assertThat(rows.stream().filter(row -> row.zone() != null))
        .extracting(row -> Duration.between(Frames.START, row.start()).toSeconds())
        .containsExactly(-5L, 0L, 5L, 10L);
    assertThat(rows.stream().filter(row -> "yard".equals(row.zone())))
        .extracting(AnalyticsRow::occupancyMean)
        .containsExactly(1.0, 0.5, 0.0, 0.0);
  }

  /** A frame says what is there for two seconds; what comes after is not known. */
  @Test
  void whatIsNotSeenIsNotObserved() {
    at(0, 0, 30, 90);
    take(Tracks.line(LineStatus.HEARTBEAT, 60));
    at(80, 80);
    at(101, 101);

    AnalyticsRow yard = row("yard", 0);
    assertThat(yard.observedSeconds()).isCloseTo(4, within(1e-9));
    assertThat(yard.occupancyMean()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void theEndTellsWhatIsOpenAndAReturnTellsItAgain() {
    at(0, 29, 30, 90);
    take(Tracks.line(LineStatus.END, 30));
    assertThat(row("yard", 0).frames()).isEqualTo(30);
    rows.clear();

    at(50, 59, 30, 90);
    at(100, 100, 30, 90);
    AnalyticsRow again = row("yard", 0);
    assertThat(again.start()).isEqualTo(Frames.START);
    assertThat(again.frames()).isEqualTo(40);
  }

  @Test
  void aPauseTellsNoEmptyWindows() {
    at(0, 5, 30, 90);
    at(100_000, 100_000, 30, 90);

    assertThat(rows).extracting(AnalyticsRow::start).containsOnly(Frames.START);
  }

  private static CameraAnalytics of(String yaml) {
    return new CameraAnalytics(YamlReader.parse(yaml, "test", AnalyticsOptions.class), SCENES);
  }

  private AnalyticsRow row(String zone, int index) {
    return rows.stream()
        .filter(row -> zone == null ? row.zone() == null : zone.equals(row.zone()))
        .skip(index)
        .findFirst()
        .orElseThrow();
  }

  private void at(int from, int to, double... points) {
    for (int i = from; i <= to; i++) {
      take(Tracks.people(i, points));
    }
  }

  private void take(TrackedLine line) {
    CameraAnalytics.Step step = analytics.accept(state, line);
    state = step.state();
    rows.addAll(step.rows());
    assertThat(line.line().captureTime()).isAfterOrEqualTo(Instant.EPOCH);
  }
}
