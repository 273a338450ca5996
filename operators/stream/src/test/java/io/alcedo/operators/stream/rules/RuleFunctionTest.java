package io.alcedo.operators.stream.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.Revision;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.Tracks;
import io.alcedo.operators.stream.scene.CameraSpec;
import io.alcedo.operators.stream.track.TracksByCamera;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RuleFunctionTest {
  private static final List<RuleSpec> RULES =
      List.of(
          YamlReader.parse(
              """
                  id: loiter
                  when: {type: dwells, labels: person, zone: all, for: 3s}
                  """,
              "test",
              RuleSpec.class));

  private static final List<CameraSpec> CAMERAS =
      List.of(
          YamlReader.parse(
              "scene: {zones: [{name: all, points: [[0, 0], [1, 0], [1, 1], [0, 1]]}]}",
              "test",
              CameraSpec.class));

  private static final String ZONE_AT_50 =
      "zones: [{name: all, points: [[0.4, 0], [0.6, 0], [0.6, 1], [0.4, 1]]}]";

  @Test
  void aRestoreInTheMiddleOfAStayGivesTheSameAlert() throws Exception {
    List<Alert> undisturbed;
    try (var harness = open(null)) {
      process(harness, 0, 40);
      undisturbed = harness.extractOutputValues();
    }
    OperatorSubtaskState snapshot;
    try (var harness = open(null)) {
      process(harness, 0, 17);
      snapshot = harness.snapshot(1, 1);
      assertThat(harness.extractOutputValues()).isEmpty();
    }
    try (var harness = open(snapshot)) {
      process(harness, 18, 40);
      assertThat(harness.extractOutputValues()).isEqualTo(undisturbed).hasSize(1);
    }
  }

  /**
   * A revision comes while it runs: shorter from the sixth second on; a broken one does nothing.
   */
  @Test
  void aRevisionHoldsFromItsTimeOnAlsoAfterARestore() throws Exception {
    String yaml =
        """
        {id: loiter, revision: 2, effectiveFrom: "%s", cooldown: 0s, when: {type: dwells, zone: all, for: 1s}}
        """
            .formatted(Frames.START.plusSeconds(6));
    OperatorSubtaskState snapshot;
    try (var harness = open(null)) {
      process(harness, 0, 40);
      harness.processBroadcastElement(rule("loiter@2", yaml), 41);
      harness.processBroadcastElement(rule("loiter@3", "{id: loiter"), 42);
      harness.processBroadcastElement(rule("other@2", yaml), 43);
      process(harness, 41, 59);
      assertThat(harness.extractOutputValues()).extracting(Alert::rule).containsOnly("loiter@1");
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = open(snapshot)) {
      process(harness, 60, 80);
      assertThat(harness.extractOutputValues())
          .extracting(alert -> alert.rule() + " " + alert.state() + " " + alert.frame().sequence())
          .containsExactly("loiter@1 resolved 60", "loiter@2 raised 70");
    }
  }

  /**
   * The zone is gone from the fifth second on, and there again, smaller, from the sixth: what was
   * raised is resolved, and the rule begins anew. Who stands at 50 is in both.
   */
  @Test
  void aSceneHoldsFromItsTimeOnAlsoAfterARestore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = open(null)) {
      process(harness, 0, 30);
      harness.processBroadcastElement(camera("*", 2, 5, "zones: []"), 31);
      harness.processBroadcastElement(camera("gate", 1, 6, ZONE_AT_50), 32);
      harness.processBroadcastElement(camera("gate", 2, 7, "zones: [{name: all}]"), 33);
      process(harness, 31, 45);
      assertThat(said(harness)).containsExactly("loiter@1 raised 30");
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = open(snapshot)) {
      process(harness, 46, 120);
      assertThat(said(harness)).containsExactly("loiter@1 resolved 50", "loiter@1 raised 90");
    }
  }

  /** Another shape under the same name: who is in both has been there all the time. */
  @Test
  void aZoneGoesOnUnderItsName() throws Exception {
    try (var harness = open(null)) {
      harness.processBroadcastElement(camera("gate", 1, 2, ZONE_AT_50), 0);
      harness.processBroadcastElement(
          camera("gate", 2, 8, ZONE_AT_50.replace("[0.4,", "[0.55,")), 1);
      process(harness, 0, 100);
      assertThat(said(harness))
          .as("left half a second after the zone has left them")
          .containsExactly("loiter@1 raised 30", "loiter@1 resolved 84");
    }
  }

  private static Revision camera(String camera, int revision, int fromSecond, String scene) {
    String text =
        "{camera: \"%s\", revision: %d, effectiveFrom: \"%s\", scene: {%s}}"
            .formatted(camera, revision, Frames.START.plusSeconds(fromSecond), scene);
    return new Revision("cameras", camera + "@" + revision, text);
  }

  private static Revision rule(String key, String text) {
    return new Revision("rules", key, text);
  }

  private static List<String> said(
      KeyedBroadcastOperatorTestHarness<String, TrackedLine, Revision, Alert> harness) {
    return harness.extractOutputValues().stream()
        .map(alert -> alert.rule() + " " + alert.state() + " " + alert.frame().sequence())
        .toList();
  }

  private static KeyedBroadcastOperatorTestHarness<String, TrackedLine, Revision, Alert> open(
      OperatorSubtaskState snapshot) throws Exception {
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new RuleFunction(false, RULES, CAMERAS),
                List.of(RuleFunction.RULES, RuleFunction.CAMERAS)),
            new TracksByCamera(),
            Types.STRING,
            1,
            1,
            0);
    harness.setup(
        TypeInformation.of(Alert.class)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
    return harness;
  }

  private static void process(
      KeyedBroadcastOperatorTestHarness<String, TrackedLine, Revision, Alert> harness,
      int from,
      int to)
      throws Exception {
    for (int i = from; i <= to; i++) {
      harness.processElement(new StreamRecord<>(Tracks.people(i, 50, 50), i));
    }
  }
}
