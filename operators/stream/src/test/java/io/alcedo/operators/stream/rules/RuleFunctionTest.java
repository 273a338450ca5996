package io.alcedo.operators.stream.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.operators.stream.fixture.Lines;
import io.alcedo.operators.stream.sequence.ByCamera;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RuleFunctionTest {
  private static final RuleHistory RULES =
      new RuleHistory(
          List.of(
              YamlReader.parse(
                  """
                  id: loiter
                  type: zone-dwell
                  label: person
                  zone: {name: all, points: [[0, 0], [1, 0], [1, 1], [0, 1]]}
                  duration: 3s
                  """,
                  "test",
                  RuleSpec.class)));

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

  private static KeyedOneInputStreamOperatorTestHarness<String, DetectionLine, Alert> open(
      OperatorSubtaskState snapshot) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new RuleFunction(RULES)), new ByCamera(), Types.STRING);
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
      KeyedOneInputStreamOperatorTestHarness<String, DetectionLine, Alert> harness,
      int from,
      int to)
      throws Exception {
    for (int i = from; i <= to; i++) {
      harness.processElement(Lines.people(i, 50, 50), i);
    }
  }
}
