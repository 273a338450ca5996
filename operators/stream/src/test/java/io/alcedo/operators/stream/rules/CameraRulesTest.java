package io.alcedo.operators.stream.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.Alert.State;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.FrameSize;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.Novelty;
import io.alcedo.connectors.event.PictureFacts;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.Tracks;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Timelines worked by hand: ten frames a second of 100 x 100 px; the yard is the left half; the
 * door stands upright at 50, looking up, so its left is the yard; people are 20 px high.
 */
class CameraRulesTest {
  private static final Scene SCENE =
      YamlReader.parse(
          """
          zones: [{name: yard, points: [[0, 0], [0.5, 0], [0.5, 1], [0, 1]]}]
          lines: [{name: door, unit: px, from: [50, 100], to: [50, 0]}]
          """,
          "test",
          Scene.class);
  private static final Scene METRES =
      YamlReader.parse(
          """
          zones: [{name: yard, points: [[0, 0], [0.5, 0], [0.5, 1], [0, 1]]}]
          ground: {picture: [[0, 0], [1, 0], [1, 1], [0, 1]], metres: [[0, 0], [20, 0], [20, 20], [0, 20]]}
          """,
          "test",
          Scene.class);

  private final List<Alert> alerts = new ArrayList<>();
  private CameraRules.State state = CameraRules.State.START;
  private CameraRules rules;

  @Test
  void dwellsAtTheFrameThatCompletesTheTimeUntilTheyHaveLeft() {
    when("{type: dwells, zone: yard, for: 3s, tolerance: 500ms}");
    at(5, 34, 30, 90);
    assertThat(alerts).isEmpty();
    at(35, 60, 30, 90);
    at(61, 80, 70, 90);

    Alert raised = alerts.get(0);
    assertThat(raised.frame().sequence()).isEqualTo(35);
    assertThat(raised.since()).isEqualTo(Frames.START.plusMillis(500));
    assertThat(raised.message()).isEqualTo("person in yard for 3.0 s");
    assertThat(raised.objects())
        .singleElement()
        .satisfies(
            object -> {
              assertThat(object.id()).isEqualTo("gate/" + Frames.SESSION + "/35#0");
              assertThat(object.track()).isEqualTo("t0");
              assertThat(object.label()).isEqualTo("person");
            });
    assertThat(raised.id())
        .isEqualTo(AlertId.of("rule@1", "gate/", "gate/" + Frames.SESSION + "/5#0"));
    Alert resolved = alerts.get(1);
    assertThat(resolved.state()).isEqualTo(State.RESOLVED);
    assertThat(resolved.id()).isEqualTo(raised.id());
    assertThat(resolved.frame().sequence()).isEqualTo(65); // inside last at 60
    assertThat(alerts).hasSize(2);
  }

  @Test
  void aStepOutsideWithinTheToleranceEndsNoStay() {
    when("{type: dwells, zone: yard, for: 3s, tolerance: 500ms}");
    at(0, 10, 30, 90);
    at(11, 14, 70, 90);
    at(15, 29, 30, 90);
    assertThat(alerts).isEmpty();
    at(30, 30, 30, 90);
    assertThat(raisedAt()).containsExactly(30L);
  }

  @Test
  void whoIsHiddenStaysButRaisesNothing() {
    when("{type: dwells, zone: yard, for: 3s}");
    at(0, 20, 30, 90);
    at(21, 35, Double.NaN, 0);
    assertThat(alerts).isEmpty();
    at(36, 36, 30, 90);
    at(37, 60, Double.NaN, 0);
    take(Tracks.ended(61, "t0"));

    assertThat(raisedAt()).containsExactly(36L);
    assertThat(resolvedAt()).containsExactly(61L);
  }

  @Test
  void framesThatNobodyLookedAtDisproveNothing() {
    when("{type: dwells, zone: yard, for: 3s}");
    at(0, 40, 30, 90);
    take(Tracks.line(LineStatus.DROPPED, 41));
    take(Tracks.line(LineStatus.HEARTBEAT, 60));

    assertThat(resolvedAt()).isEmpty();
    take(Tracks.line(LineStatus.END, 61));
    assertThat(resolvedAt()).containsExactly(61L);
  }

  @Test
  void oneAlertForACameraOrForEachTrack() {
    when("{type: dwells, zone: yard, for: 1s}");
    at(0, 10, 30, 90);
    at(11, 30, 30, 90, 20, 90);
    assertThat(raisedAt()).containsExactly(10L);

    given("{id: rule, onePer: track, when: {type: dwells, zone: yard, for: 1s}}", SCENE);
    at(0, 10, 30, 90);
    at(11, 30, 30, 90, 20, 90);
    assertThat(raisedAt()).containsExactly(10L, 21L);
    assertThat(alerts).extracting(Alert::track).containsExactly("t0", "t1");
  }

  @Test
  void isSilentUntilTheCooldownIsOver() {
    given("{id: rule, cooldown: 5s, when: {type: enters, zone: yard, tolerance: 0s}}", SCENE);
    at(0, 0, 30, 90);
    at(1, 1, 70, 90);
    at(2, 2, 30, 90);
    at(3, 48, 70, 90);
    at(49, 49, 30, 90); // 4.9 s
    at(50, 50, 70, 90);
    at(51, 51, 30, 90);

    assertThat(raisedAt()).containsExactly(0L, 51L);
    assertThat(alerts.get(0).id()).isNotEqualTo(alerts.get(1).id());
  }

  @Test
  void entersAndLeaves() {
    when("{type: enters, zone: yard}");
    at(0, 4, 70, 90);
    at(5, 9, 40, 90);
    assertThat(raisedAt()).containsExactly(5L);

    when("{type: leaves, zone: yard, tolerance: 200ms}");
    at(0, 4, 40, 90);
    at(5, 9, 70, 90);
    assertThat(raisedAt()).containsExactly(6L); // inside last at 4
    assertThat(resolvedAt()).isEmpty();
  }

  @Test
  void appearsOnceForATrack() {
    given("{id: rule, cooldown: 0s, onePer: track, when: {type: appears}}", SCENE);
    at(0, 9, 30, 90);
    at(10, 19, 30, 90, 60, 90);
    assertThat(raisedAt()).containsExactly(0L, 10L);
  }

  @Test
  void crossesInADirectionAndNotBySwaying() {
    when("{type: crosses, line: door, direction: left-to-right}");
    at(0, 0, 40, 90);
    at(1, 1, 49, 90); // nearer than 0.1 of 20 px
    at(2, 2, 51, 90);
    at(3, 3, 49, 90);
    assertThat(alerts).isEmpty();
    at(4, 4, 53, 90);
    assertThat(raisedAt()).containsExactly(4L);
    assertThat(alerts.get(0).message()).isEqualTo("person crosses door left-to-right");

    when("{type: crosses, line: door, direction: right-to-left}");
    at(0, 0, 40, 90);
    at(1, 1, 60, 90);
    assertThat(alerts).isEmpty();
    at(2, 2, 40, 90);
    assertThat(raisedAt()).containsExactly(2L);
  }

  @Test
  void countsHowManyAreThereForATime() {
    when("{type: count, zone: yard, atLeast: 2, for: 1s}");
    at(0, 9, 10, 90, 30, 90);
    at(10, 10, 10, 90);
    at(11, 20, 10, 90, 30, 90);
    assertThat(alerts).isEmpty();
    at(21, 21, 10, 90, 30, 90);
    at(22, 22, 10, 90);

    assertThat(raisedAt()).containsExactly(21L);
    assertThat(alerts.get(0).objects()).hasSize(2);
    assertThat(resolvedAt()).containsExactly(22L);
  }

  /** Two people for half of the time. */
  @Test
  void occupancyIsAMeanOverTime() {
    when("{type: occupancy, zone: yard, atLeast: 1.5, over: 4s}");
    for (int i = 0; i < 100; i++) {
      boolean both = i < 50 && i % 10 < 5;
      at(i, i, 10, 90, both ? 30 : 70, 90);
    }
    assertThat(raisedAt()).hasSize(1).allMatch(sequence -> sequence >= 35 && sequence <= 41);
    assertThat(resolvedAt()).hasSize(1).allMatch(sequence -> sequence >= 40 && sequence <= 56);
  }

  @Test
  void somethingStandsStillWhileNobodyIsNear() {
    when("{type: stationary, for: 2s, distance: 0.2}");
    at(0, 10, 30, 90);
    at(11, 11, 36, 90); // 0.3 of its height
    at(12, 30, 37, 90);
    assertThat(alerts).isEmpty();
    at(31, 31, 37, 90);
    assertThat(raisedAt()).containsExactly(31L);

    when("{type: stationary, for: 2s, unattended: {labels: person, distance: 1}}");
    at(0, 10, 30, 90, 45, 90); // 15 px apart, 20 px high: each has the other near
    at(11, 29, 30, 90, 60, 90);
    assertThat(alerts).isEmpty();
    at(30, 30, 30, 90, 60, 90);
    assertThat(raisedAt()).hasSize(1);
    assertThat(alerts.get(0).message()).contains("left behind");
  }

  @Test
  void whatHasLeftTheZoneNeitherStandsThereNorIsFast() {
    when("{type: stationary, zone: yard, for: 1s}");
    at(0, 15, 30, 90);
    at(16, 20, 60, 90);
    assertThat(raisedAt()).containsExactly(10L);
    assertThat(resolvedAt()).containsExactly(16L);

    when("{type: speed, zone: yard, above: 1}");
    for (int i = 0; i <= 15; i++) {
      at(i, i, 4 * i, 90); // 2 heights a second, and outside from 13 on
    }
    assertThat(raisedAt()).containsExactly(10L);
    assertThat(resolvedAt()).containsExactly(13L);
  }

  @Test
  void whoIsHiddenIsNearUntilTheirTrackEnds() {
    when("{type: stationary, for: 2s, unattended: {labels: person, distance: 1}}");
    at(0, 5, 30, 90, 45, 90);
    at(6, 40, 30, 90, Double.NaN, 0);
    assertThat(alerts).isEmpty();
    TrackedLine alone = Tracks.people(41, 30, 90);
    take(new TrackedLine(alone.line(), alone.objects(), List.of("t1")));
    at(42, 60, 30, 90);
    assertThat(raisedAt()).containsExactly(60L); // near last at 40
  }

  /** One frame a second: each holds until the next, not for a twentieth of the window only. */
  @Test
  void occupancyOfASlowCamera() {
    when("{type: occupancy, zone: yard, atLeast: 0.9, over: 10s}");
    for (int i = 0; i <= 200; i += 10) {
      at(i, i, i < 120 ? 30 : 70, 90);
    }
    assertThat(raisedAt()).containsExactly(90L); // nine tenths of 9.5 s are seen
    assertThat(resolvedAt()).containsExactly(130L); // 3.5 to 12 of 3.5 to 13 s: 0.89
  }

  /** The picture is 20 m wide: 2 px in a tenth of a second are 4 m/s. */
  @Test
  void speedIsInMetresWhereTheGroundIsKnown() {
    given("{id: rule, when: {type: speed, above: 3.9}}", METRES);
    for (int i = 0; i < 10; i++) {
      at(i, i, 20 + 2 * i, 90);
    }
    assertThat(alerts).isEmpty();
    at(10, 10, 40, 90);
    assertThat(raisedAt()).containsExactly(10L);
    assertThat(alerts.get(0).message()).isEqualTo("object at 4.0 m/s");
    at(11, 20, 40, 90);
    assertThat(resolvedAt()).containsExactly(20L);
  }

  @Test
  void absenceIsProvenByFramesThatWereLookedAt() {
    when("{type: absent, zone: yard, for: 2s}");
    at(0, 5, 30, 90);
    at(6, 20, 70, 90);
    take(Tracks.line(LineStatus.DROPPED, 26));
    assertThat(alerts).isEmpty();
    at(27, 27, 70, 90);
    assertThat(raisedAt()).containsExactly(27L);
    at(28, 28, 30, 90);
    assertThat(resolvedAt()).containsExactly(28L);
  }

  @Test
  void oneAfterTheOtherWithinATime() {
    String around =
        "{type: sequence, within: 1s, first: {type: crosses, line: door}, then: {type: enters, zone: yard}}";
    when(around);
    at(0, 0, 70, 90); // right of the door
    at(1, 1, 40, 90); // crosses and enters in one line: no sequence
    assertThat(alerts).isEmpty();
    at(2, 2, 60, 90);
    at(8, 8, 60, 90);
    at(9, 9, 40, 90); // has left at 8 and enters 0.7 s after its crossing at 2
    assertThat(raisedAt()).containsExactly(9L);

    when(around);
    at(0, 0, 40, 90);
    at(1, 1, 60, 90);
    at(11, 11, 60, 90);
    at(12, 12, 40, 90); // 1.1 s
    assertThat(alerts).isEmpty();
  }

  @Test
  void whatNobodyLookedAtBeginsNothingAnew() {
    when(
        "{type: sequence, within: 1s, first: {type: enters, zone: yard}, then: {type: absent, labels: car, for: 1s}}");
    at(0, 20, 70, 90); // no car for long
    at(21, 21, 30, 90);
    take(Tracks.line(LineStatus.DROPPED, 22));
    at(23, 30, 30, 90);
    assertThat(alerts).isEmpty();
  }

  @Test
  void whatLastsBeginsAnewWithASession() {
    given("{id: rule, cooldown: 0s, when: {type: absent, zone: yard, for: 1s}}", SCENE);
    at(0, 10, 70, 90);
    take(Tracks.line(LineStatus.END, 11));
    at(12, 22, 70, 90);
    assertThat(raisedAt()).containsExactly(10L, 22L);
    assertThat(resolvedAt()).containsExactly(11L);
    assertThat(alerts.get(2).id()).isNotEqualTo(alerts.get(0).id());
  }

  /** One who comes in and goes out has opened both with the same detection. */
  @Test
  void alertsOfPartsHaveIdsOfTheirOwn() {
    given(
        "{id: rule, cooldown: 0s, onePer: track, when: {type: any, of: [{type: enters, zone: yard}, {type: leaves, zone: yard}]}}",
        SCENE);
    at(0, 5, 30, 90);
    at(6, 15, 70, 90);
    assertThat(raisedAt()).containsExactly(0L, 10L);
    assertThat(alerts.get(1).id()).isNotEqualTo(alerts.get(0).id());

    given(
        "{id: rule, cooldown: 0s, when: {type: all, of: [{type: count, zone: yard, atLeast: 2}, {type: dwells, zone: yard, for: 1s, tolerance: 0s}]}}",
        SCENE);
    at(0, 4, 30, 90);
    at(5, 5, 30, 90, 20, 90);
    at(6, 11, 30, 90, 20, 90, 10, 90);
    at(12, 15, 70, 90, 20, 90, 10, 90); // two have been there all the time since 5
    assertThat(raisedAt()).containsExactly(10L, 15L);
    assertThat(resolvedAt()).containsExactly(12L);
    assertThat(alerts.get(2).id()).isNotEqualTo(alerts.get(0).id());
  }

  @Test
  void anyAndAll() {
    when(
        "{type: any, of: [{type: count, zone: yard, atLeast: 2}, {type: dwells, zone: yard, for: 1s}]}");
    at(0, 10, 30, 90);
    assertThat(raisedAt()).containsExactly(10L);

    when(
        "{type: all, of: [{type: count, zone: yard, atLeast: 2}, {type: dwells, zone: yard, for: 1s}]}");
    at(0, 15, 30, 90);
    assertThat(alerts).isEmpty();
    at(16, 16, 30, 90, 20, 90);
    assertThat(raisedAt()).containsExactly(16L);
    assertThat(alerts.get(0).message())
        .isEqualTo("2 objects in yard, and person in yard for 1.6 s");
  }

  @Test
  void aCameraThatSendsOnlyHeartbeatsIsOffline() {
    when("{type: offline, for: 3s}");
    at(0, 5, 30, 90);
    take(Tracks.line(LineStatus.HEARTBEAT, 15));
    take(Tracks.line(LineStatus.HEARTBEAT, 25));
    assertThat(alerts).isEmpty();
    take(Tracks.line(LineStatus.HEARTBEAT, 35));
    assertThat(raisedAt()).containsExactly(35L);
    at(40, 40, 30, 90);
    assertThat(resolvedAt()).containsExactly(40L);
  }

  @Test
  void aPictureMayBeFrozenOrDark() {
    when("{type: frozen, for: 1s}");
    for (int i = 0; i <= 30; i++) {
      take(picture(i, i < 5 || i > 20 ? i : 5, 90));
    }
    assertThat(raisedAt()).containsExactly(15L);
    assertThat(resolvedAt()).containsExactly(21L);

    when("{type: dark, for: 1s, brightness: 20}");
    for (int i = 0; i <= 30; i++) {
      take(picture(i, i, i < 5 || i > 20 ? 90 : 10));
    }
    assertThat(raisedAt()).containsExactly(15L);
    assertThat(resolvedAt()).containsExactly(21L);
  }

  @Test
  void onePictureAndSilenceProveNothing() {
    when("{type: dark, for: 1s}");
    take(picture(0, 0, 10));
    take(Tracks.line(LineStatus.HEARTBEAT, 20));
    take(Tracks.line(LineStatus.DROPPED, 25));
    assertThat(alerts).isEmpty();
    take(picture(26, 1, 10));
    take(Tracks.line(LineStatus.HEARTBEAT, 40));
    assertThat(raisedAt()).containsExactly(26L);
    assertThat(resolvedAt()).isEmpty();
  }

  @Test
  void anyFrameEndsWhatWasOffline() {
    when("{type: any, of: [{type: offline, for: 1s}, {type: dark, for: 1s}]}");
    at(0, 0, 30, 90);
    take(Tracks.line(LineStatus.HEARTBEAT, 10));
    take(Tracks.line(LineStatus.DROPPED, 15));
    at(20, 20, 30, 90);
    assertThat(raisedAt()).containsExactly(10L);
    assertThat(resolvedAt()).containsExactly(15L);
  }

  @Test
  void onlyTheAnchorCounts() {
    when("{type: dwells, zone: yard, for: 1s}");
    at(0, 20, 51, 90); // the box reaches in, its bottom centre does not
    assertThat(alerts).isEmpty();
  }

  @Test
  void objectsOfAnotherClassOrTooFaintAreNotMeant() {
    when("{type: count, labels: car, atLeast: 1}");
    at(0, 5, 30, 90);
    when("{type: count, minScore: 0.95, atLeast: 1}");
    at(0, 5, 30, 90);
    assertThat(alerts).isEmpty();
  }

  @Test
  void startsOverWhenTimeJumpsBack() {
    when("{type: dwells, zone: yard, for: 3s}");
    at(100, 130, 30, 90);
    at(0, 29, 30, 90);
    assertThat(raisedAt()).containsExactly(130L);
    assertThat(resolvedAt()).containsExactly(0L);
    at(30, 30, 30, 90);
    assertThat(raisedAt()).containsExactly(130L, 30L);
  }

  @Test
  void nothingIsRaisedOutsideTheSchedule() {
    given(
        "{id: rule, schedule: {timeZone: UTC, from: \"00:00\", to: \"00:01\"}, when: {type: appears}}",
        SCENE);
    at(0, 5, 30, 90);
    assertThat(alerts).isEmpty(); // it is three in the afternoon
  }

  @Test
  void novelIsWhoeverIsLikeNobodyBefore() {
    given("{id: rule, cooldown: 1s, when: {type: novel, above: 0.4}}", SCENE);
    take(novelty(0, 0.3));
    take(novelty(1, 0.5));
    take(novelty(2, 0.9)); // it cools down
    take(novelty(20, 0.6));
    assertThat(raisedAt()).containsExactly(1L, 20L);
    assertThat(resolvedAt()).isEmpty();
    assertThat(alerts.get(0).message()).isEqualTo("person never seen here before (novelty 0.50)");
    assertThat(alerts.get(0).ref()).isEqualTo(new FrameRef("frames", 0, 1));
  }

  private static TrackedLine novelty(long sequence, double novelty) {
    DetectionLine line = Tracks.people(sequence).line();
    Embedding embedding =
        new Embedding(
            line.frame().objectId(0),
            line.frame().camera(),
            line.frame().objectId(0),
            "person",
            new Box(10, 10, 20, 40),
            new FrameSize(100, 100),
            new FrameRef("frames", 0, sequence),
            line.captureTime(),
            line.captureTime(),
            "appearance@00112233",
            new float[] {1, 0});
    return Novelty.line(embedding, line.captureTime(), novelty);
  }

  private static TrackedLine picture(long sequence, long checksum, double brightness) {
    DetectionLine line = Tracks.people(sequence).line();
    return new TrackedLine(
        line.with(new PictureFacts(checksum, brightness, 40)), List.of(), List.of());
  }

  private void when(String condition) {
    given("{id: rule, when: %s}".formatted(condition), SCENE);
  }

  private void given(String yaml, Scene scene) {
    RuleSpec spec = YamlReader.parse(yaml, "test", RuleSpec.class);
    rules = new CameraRules(new RuleHistory(List.of(spec)), new SceneHistory(List.of(scene)));
    state = CameraRules.State.START;
    alerts.clear();
  }

  private void at(int from, int to, double... points) {
    for (int i = from; i <= to; i++) {
      take(Tracks.people(i, points));
    }
  }

  private void take(TrackedLine line) {
    CameraRules.Step step = rules.accept(state, line);
    state = step.state();
    alerts.addAll(step.alerts());
  }

  private List<Long> raisedAt() {
    return at(State.RAISED);
  }

  private List<Long> resolvedAt() {
    return at(State.RESOLVED);
  }

  private List<Long> at(State of) {
    return alerts.stream()
        .filter(alert -> alert.state() == of)
        .map(alert -> alert.frame().sequence())
        .toList();
  }
}
