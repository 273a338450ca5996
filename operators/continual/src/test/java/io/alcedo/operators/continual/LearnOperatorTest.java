package io.alcedo.operators.continual;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.registry.RegistrySettings;
import io.alcedo.operators.continual.fixture.People;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator alone; nothing here may ask the registry, which is nowhere. */
class LearnOperatorTest {
  private static final int HOUR = 3600;
  private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  @Test
  void learnsNothingFromACameraThatShowsAStillPictureForAnHour() throws Exception {
    byte[] still = People.crop(1, 0).jpeg();
    try (OneInputStreamOperatorTestHarness<Crop, ModelEvent> harness = open()) {
      harness.processElement(new StreamRecord<>(People.crop(1, 0, still)));
      int first = state(harness, 1);
      for (int second = 1; second < HOUR; second++) {
        harness.processElement(new StreamRecord<>(People.crop(1, 10 * second, still)));
      }

      assertThat(state(harness, 2)).as("weights, memory and all").isEqualTo(first);
      assertThat(harness.getOutput()).isEmpty();
      assertThat(harness.getSideOutput(LearnOperator.DEAD_LETTERS)).isNull();
    }
  }

  @Test
  void whatIsNoPictureIsADeadLetter() throws Exception {
    try (OneInputStreamOperatorTestHarness<Crop, ModelEvent> harness = open()) {
      harness.processElement(new StreamRecord<>(People.crop(1, 0)));
      harness.processElement(new StreamRecord<>(People.crop(1, 10, TEXT)));
      harness.processElement(new StreamRecord<>(People.crop(1, 20, new byte[0])));

      ConcurrentLinkedQueue<StreamRecord<DeadLetter>> letters =
          harness.getSideOutput(LearnOperator.DEAD_LETTERS);
      assertThat(letters)
          .extracting(letter -> letter.getValue().reason())
          .containsExactly(
              People.crop(1, 10).id() + ": is no picture that can be decoded",
              People.crop(1, 20).id() + ": is no picture that can be decoded");
    }
  }

  /** A digest of all that the learner knows, as a checkpoint has it. */
  private static int state(
      OneInputStreamOperatorTestHarness<Crop, ModelEvent> harness, long checkpoint)
      throws Exception {
    harness.prepareSnapshotPreBarrier(checkpoint);
    OperatorStateHandle handle =
        harness.snapshot(checkpoint, checkpoint).getManagedOperatorState().iterator().next();
    try (InputStream in = handle.openInputStream()) {
      return Arrays.hashCode(in.readAllBytes());
    }
  }

  private OneInputStreamOperatorTestHarness<Crop, ModelEvent> open() throws Exception {
    String settings =
        """
        network: {depth: 10, width: 0.125, norm: group, head: {kind: mlp, dim: 16}, canvasWidth: 32, canvasHeight: 64}
        memory: {capacity: 24}
        pace: {updates: 1, arrivals: 100, batchSize: 2}
        """;
    OneInputStreamOperatorTestHarness<Crop, ModelEvent> harness =
        new OneInputStreamOperatorTestHarness<>(
            new LearnOperator(
                settings,
                new RegistrySettings(
                    KafkaSettings.at("localhost:1"),
                    directory.toUri(),
                    directory.resolve("cache").toString())));
    harness.open();
    return harness;
  }
}
