package io.alcedo.operators.stream.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.AnalyticsRow.Crossings;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.Lines;
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
  private static final Scene WITH =
      revision(
          """
          zones: [{name: yard, points: [[0, 0], [0.5, 0], [0.5, 1], [0, 1]]}]
          lines: [{name: door, unit: px, from: [50, 100], to: [50, 0]}]
          """);
  private static final SceneHistory SCENES = new SceneHistory(List.of(WITH));
  private static final List<String> T0 = List.of("t0");

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

  /**
   * One who is in the yard is hidden from 5 s on, and their track ends at a heartbeat: they were
   * there for 4.9 s.
   */
  @Test
  void whoseTrackEndsAtALineThatShowsNothingHasLeft() {
    at(0, 49, 30, 90);
    take(new TrackedLine(Lines.line(LineStatus.HEARTBEAT, Frames.SESSION, 75), List.of(), T0));
    at(100, 100);

    assertThat(row("yard", 0).left()).isEqualTo(1);
    assertThat(row("yard", 0).dwell().max()).isCloseTo(4.9, within(1e-9));
    assertThat(state.cells().keySet()).noneMatch(name -> name.contains("t0"));
  }

  /** The track ends in a window in which there is no frame: it is told that they have left. */
  @Test
  void aWindowInWhichSomebodyLeavesIsToldThoughItHasNoFrame() {
    at(0, 95, 30, 90);
    take(Tracks.line(LineStatus.HEARTBEAT, 105));
    take(new TrackedLine(Lines.line(LineStatus.HEARTBEAT, Frames.SESSION, 125), List.of(), T0));
    take(Tracks.line(LineStatus.HEARTBEAT, 201));

    assertThat(row("yard", 0).left()).isZero();
    assertThat(row("yard", 1).frames()).isZero();
    assertThat(row("yard", 1).left()).isEqualTo(1);
  }

  /** The publisher's clock is set back by 20 s: the windows of before are told, then it begins. */
  @Test
  void whereTimeJumpsBackWhatIsOpenIsTold() {
    at(300, 339, 30, 90);
    take(new TrackedLine(Lines.people(100, 30, 90), List.of(), T0));

    assertThat(row("yard", 0).start()).isEqualTo(Frames.START.plusSeconds(30));
    assertThat(row("yard", 0).frames()).isEqualTo(40);
    assertThat(row("yard", 0).left()).isEqualTo(1);
    assertThat(rows).hasSize(2);
    assertThat(state.panes()).hasSize(1);
  }

  /** A zone is gone from 4 s on; one who was in it is where they were, but it has no inside. */
  @Test
  void whoIsInAZoneThatGoesHasLeftIt() {
    Scene without = revision("{revision: 2, effectiveFrom: \"2026-11-23T15:00:04Z\"}");
    analytics = new CameraAnalytics(analytics.options(), new SceneHistory(List.of(WITH, without)));
    at(0, 100, 30, 90);

    AnalyticsRow yard = row("yard", 0);
    assertThat(yard.frames()).isEqualTo(40);
    assertThat(yard.observedSeconds()).isCloseTo(4, within(1e-9));
    assertThat(yard.entered()).isEqualTo(1);
    assertThat(yard.left()).isEqualTo(1);
    assertThat(yard.dwell().max()).isCloseTo(3.9, within(1e-9));
    assertThat(row(null, 0).left()).as("of the whole picture").isZero();
    assertThat(state.cells().keySet()).noneMatch(name -> name.contains("yard"));
    assertThat(state.cells().keySet()).noneMatch(name -> name.contains("door"));
  }

  /** Heights a second and metres a second are not added up. */
  @Test
  void speedsBeginAnewWhereTheGroundBecomesKnown() {
    Scene ground =
        revision(
            "{revision: 2, effectiveFrom: \"2026-11-23T15:00:05Z\", ground: {unit: px,"
                + " picture: [[0, 0], [100, 0], [100, 100], [0, 100]],"
                + " metres: [[0, 0], [10, 0], [10, 10], [0, 10]]}}");
    analytics = new CameraAnalytics(analytics.options(), new SceneHistory(List.of(WITH, ground)));
    for (int i = 0; i <= 100; i++) {
      at(i, i, 10 + i * 0.5, 90); // 5 px, a quarter of a height, half a metre in a second
    }

    assertThat(row(null, 0).speed().unit()).isEqualTo("m/s");
    assertThat(row(null, 0).speed().max()).isCloseTo(0.5, within(1e-9));
    assertThat(row(null, 0).speed().mean()).isCloseTo(0.5, within(1e-9));
  }

  /** Who stands at 60 of 100 px stands at 120 of 200, on the same side of the middle. */
  @Test
  void aChangeOfResolutionIsNoCrossing() {
    Scene halves = revision("lines: [{name: middle, from: [0.5, 1], to: [0.5, 0]}]");
    analytics = new CameraAnalytics(analytics.options(), new SceneHistory(List.of(halves)));
    at(0, 9, 60, 90);
    for (int i = 10; i <= 100; i++) {
      take(Tracks.resized(2, Tracks.people(i, 60, 90)));
    }

    assertThat(row(null, 0).crossings()).containsEntry("middle", new Crossings(0, 0));
    assertThat(row(null, 0).speed().max()).isCloseTo(0, within(1e-9));
  }

  private static Scene revision(String yaml) {
    return YamlReader.parse(yaml, "test", Scene.class);
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
