package io.alcedo.operators.stream.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.RuleRevision;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.Tracks;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
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

  private static final SceneHistory SCENES =
      new SceneHistory(
          List.of(
              YamlReader.parse(
                  "zones: [{name: all, points: [[0, 0], [1, 0], [1, 1], [0, 1]]}]",
                  "test",
                  Scene.class)));

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
      harness.processBroadcastElement(new RuleRevision("loiter@2", yaml), 41);
      harness.processBroadcastElement(new RuleRevision("loiter@3", "{id: loiter"), 42);
      harness.processBroadcastElement(new RuleRevision("other@2", yaml), 43);
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

  private static KeyedBroadcastOperatorTestHarness<String, TrackedLine, RuleRevision, Alert> open(
      OperatorSubtaskState snapshot) throws Exception {
    var harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new RuleFunction(RULES, SCENES), List.of(RuleFunction.REVISIONS)),
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
      KeyedBroadcastOperatorTestHarness<String, TrackedLine, RuleRevision, Alert> harness,
      int from,
      int to)
      throws Exception {
    for (int i = from; i <= to; i++) {
      harness.processElement(new StreamRecord<>(Tracks.people(i, 50, 50), i));
    }
  }
}
