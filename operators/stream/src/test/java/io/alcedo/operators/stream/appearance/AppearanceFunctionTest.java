package io.alcedo.operators.stream.appearance;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.wire.DetectionLineCodec;
import io.alcedo.operators.stream.classify.ClassifierOptions.CropRule;
import io.alcedo.operators.stream.detect.DetectedFrame;
import io.alcedo.operators.stream.detect.DetectedFrame.Encoded;
import io.alcedo.operators.stream.detect.SplitFunction;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyEncoder;
import io.alcedo.operators.stream.inference.BatchOptions;
import io.alcedo.operators.stream.inference.BatchOptions.Freshness;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.InferenceOptions;
import io.alcedo.operators.stream.inference.SharedEngines;
import java.awt.Color;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class AppearanceFunctionTest {
  /** Red, green and blue from left to right, 40 px each. */
  private static final byte[] STRIPES =
      Frames.jpeg(120, 60, List.of(Color.RED, Color.GREEN, Color.BLUE));

  private static final Box RED = new Box(4, 4, 30, 50);
  private static final Box GREEN = new Box(44, 4, 30, 50);
  private static final Box BLUE = new Box(84, 4, 30, 50);
  private static final Duration SOON = Duration.ofMillis(20);

  @TempDir Path directory;

  @Test
  void saysWhatTheBestObjectsLookLike() throws Exception {
    try (var harness = open(SOON, false)) {
      DetectedFrame in =
          frame(
              STRIPES,
              object(0.9, BLUE),
              object(0.8, RED),
              object(0.7, GREEN), // the third of at most two
              object(0.4, RED));
      harness.processElement(in, 0);
      harness.endInput();

      DetectedFrame out = harness.extractOutputValues().get(0);
      List<DetectedObject> objects = out.line().objects();
      assertThat(out.line().encoder()).startsWith("direction@");
      assertThat(objects.get(0).appearance().vector()[2]).isGreaterThan(0.98f);
      assertThat(objects.get(1).appearance().vector()[0]).isGreaterThan(0.98f);
      assertThat(objects.subList(2, 4)).isEqualTo(in.line().objects().subList(2, 4));
      assertThat(out.encoded()).isEqualTo(new Encoded(2, 0, null));
      assertThat(out.frame()).as("pixels that nobody needs any more").isNull();
      assertThat(DetectionLineCodec.read(DetectionLineCodec.write(out.line())))
          .as("what the fused job sees and what a replay does")
          .isEqualTo(out.line());
    }
    assertThat(SharedEngines.open()).isZero();
  }

  @Test
  void keepsThePixelsForAStageBehind() throws Exception {
    try (var harness = open(SOON, true)) {
      harness.processElement(frame(STRIPES, object(0.9, RED)), 0);
      harness.processElement(frame(STRIPES), 0);
      harness.endInput();

      assertThat(harness.extractOutputValues())
          .extracting(DetectedFrame::frame)
          .doesNotContainNull();
    }
  }

  @Test
  void whatHasNothingToLookAtKeepsItsPlace() throws Exception {
    try (var harness = open(SOON, false)) {
      DetectedFrame heartbeat = heartbeat();
      harness.processElement(frame(STRIPES, object(0.9, RED)), 0);
      harness.processElement(heartbeat, 0);
      harness.processElement(frame(STRIPES, object(0.4, RED)), 0);
      harness.endInput();

      List<DetectedFrame> out = harness.extractOutputValues();
      assertThat(out)
          .extracting(DetectedFrame::encoded)
          .containsExactly(new Encoded(1, 0, null), null, new Encoded(0, 0, null));
      assertThat(out.get(1)).isEqualTo(heartbeat);
      assertThat(out.get(2).line().encoder()).startsWith("direction@");
    }
  }

  @Test
  void aFailureCostsTheVectorsAndNotTheDetections() throws Exception {
    try (var harness = open(SOON, false);
        var split = ProcessFunctionTestHarnesses.forProcessFunction(new SplitFunction())) {
      DetectedFrame in = frame(Frames.TRUNCATED_JPEG, object(0.9, RED), object(0.8, BLUE));
      harness.processElement(in, 0);
      harness.endInput();

      DetectedFrame out = harness.extractOutputValues().get(0);
      assertThat(out.line()).isEqualTo(in.line());
      assertThat(out.encoded().failed()).isEqualTo(2);

      split.processElement(out, 0);
      assertThat(split.getSideOutput(SplitFunction.DEAD_LETTERS))
          .singleElement()
          .satisfies(
              record -> {
                DeadLetter letter = record.getValue();
                assertThat(letter.stage()).isEqualTo("appearance");
                assertThat(letter.reason()).startsWith("truncated JPEG");
              });
    }
  }

  @Test
  void aFrameThatTakesTooLongGoesOnWithoutVectors() throws Exception {
    try (var harness = open(Duration.ofMinutes(1), false)) {
      harness.setProcessingTime(0);
      harness.processElement(frame(STRIPES, object(0.9, RED)), 0);
      harness.setProcessingTime(5_001);
      harness.endInput();

      DetectedFrame out = harness.extractOutputValues().get(0);
      assertThat(out.line().objects().get(0).appearance()).isNull();
      assertThat(out.line().encoder()).isNull();
      assertThat(out.encoded().deadLetter().reason())
          .isEqualTo("timeout: no vectors within 5000 ms");
    }
  }

  private static DetectedObject object(double score, Box box) {
    return new DetectedObject("id", "person", score, box, null, List.of());
  }

  private static DetectedFrame frame(byte[] image, DetectedObject... objects) {
    CameraRecord frame = Frames.frame(Frames.GATE, 0, image);
    DetectionLine line = DetectionLine.without(frame, LineStatus.OK, null);
    DetectionLine found = line.classified(null, List.of(objects), List.of());
    return new DetectedFrame(found, null, 1, frame, null, null);
  }

  private static DetectedFrame heartbeat() {
    CameraRecord record = Frames.record(CameraRecord.Kind.HEARTBEAT, Frames.GATE, 1, new byte[0]);
    DetectionLine line = DetectionLine.without(record, LineStatus.HEARTBEAT, null);
    return new DetectedFrame(line, null, 0, null, null, null);
  }

  private OneInputStreamOperatorTestHarness<DetectedFrame, DetectedFrame> open(
      Duration linger, boolean keepsFrames) throws Exception {
    BatchOptions batch = new BatchOptions(4, linger, 1, 64, 1 << 20, Freshness.EVERY_FRAME, null);
    String model = TinyEncoder.write(directory.resolve("model"), 0).toString();
    InferenceOptions inference =
        new InferenceOptions(model, EngineOptions.DEFAULT, batch, 12, Duration.ofSeconds(5));
    var settings = new AppearanceStage.Settings(inference, new CropRule(List.of(), 0.5, 2));
    var harness =
        new OneInputStreamOperatorTestHarness<DetectedFrame, DetectedFrame>(
            new AsyncWaitOperatorFactory<>(
                new AppearanceFunction(settings, keepsFrames), 5_000, 12, OutputMode.ORDERED));
    var serializer =
        TypeInformation.of(DetectedFrame.class)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig());
    harness.getStreamConfig().setupNetworkInputs(serializer);
    harness.getStreamConfig().serializeAllConfigs();
    harness.setup(serializer);
    harness.open();
    return harness;
  }
}
