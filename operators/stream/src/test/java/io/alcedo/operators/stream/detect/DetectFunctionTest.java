package io.alcedo.operators.stream.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyDetector;
import io.alcedo.operators.stream.inference.BatchOptions;
import io.alcedo.operators.stream.inference.BatchOptions.Freshness;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.InferenceOptions;
import io.alcedo.operators.stream.inference.SharedEngines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DetectFunctionTest {
  @TempDir Path directory;

  @Test
  void keepsTheOrderOfWhatIsAndIsNoFrame() throws Exception {
    try (var harness = open(Duration.ofMillis(20))) {
      harness.processElement(Frames.frame(Frames.GATE, 0, Frames.BRIGHT), 0);
      harness.processElement(Frames.record(Kind.HEARTBEAT, Frames.GATE, 1, new byte[0]), 1);
      harness.processElement(Frames.malformed(), 2);
      harness.processElement(Frames.frame(Frames.GATE, 1, Frames.TEXT), 3);
      harness.processElement(Frames.record(Kind.END, Frames.GATE, 2, new byte[0]), 4);
      harness.endInput();

      List<DetectedFrame> out = harness.extractOutputValues();
      assertThat(out.stream().map(frame -> frame.line() == null ? null : frame.line().status()))
          .containsExactly(
              LineStatus.OK, LineStatus.HEARTBEAT, null, LineStatus.DEAD, LineStatus.END);
      assertThat(out.get(2).deadLetter().reason()).isEqualTo("header 'session' is missing");
      assertThat(out.get(2).deadLetter().camera()).isEqualTo("unknown");
      assertThat(out.get(3).deadLetter().bytes()).isEqualTo(Frames.TEXT);
    }
    assertThat(SharedEngines.open()).isZero();
  }

  @Test
  void aFrameThatTakesTooLongIsDeadAndTheJobGoesOn() throws Exception {
    try (var harness = open(Duration.ofMinutes(1))) { // a batch of 4 that will not fill in time
      harness.setProcessingTime(0);
      harness.processElement(Frames.frame(Frames.GATE, 0, Frames.BRIGHT), 0);
      harness.setProcessingTime(5_001);
      harness.endInput();

      DetectedFrame frame = harness.extractOutputValues().get(0);
      assertThat(frame.line().status()).isEqualTo(LineStatus.DEAD);
      assertThat(frame.line().reason()).isEqualTo("timeout: no result within 5000 ms");
    }
  }

  private OneInputStreamOperatorTestHarness<CameraRecord, DetectedFrame> open(Duration linger)
      throws Exception {
    BatchOptions batch = new BatchOptions(4, linger, 1, 64, 1 << 20, Freshness.EVERY_FRAME, null);
    InferenceOptions options =
        new InferenceOptions(
            TinyDetector.write(directory.resolve("model")).toString(),
            EngineOptions.DEFAULT,
            batch,
            12,
            Duration.ofSeconds(5));
    var harness =
        new OneInputStreamOperatorTestHarness<CameraRecord, DetectedFrame>(
            new AsyncWaitOperatorFactory<>(
                new DetectFunction(options, false), 5_000, options.capacity(), OutputMode.ORDERED));
    var serializers = harness.getExecutionConfig().getSerializerConfig();
    harness
        .getStreamConfig()
        .setupNetworkInputs(TypeInformation.of(CameraRecord.class).createSerializer(serializers));
    harness.getStreamConfig().serializeAllConfigs();
    harness.setup(TypeInformation.of(DetectedFrame.class).createSerializer(serializers));
    harness.open();
    return harness;
  }
}
