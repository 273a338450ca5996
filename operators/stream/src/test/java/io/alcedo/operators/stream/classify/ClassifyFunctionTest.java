package io.alcedo.operators.stream.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.alcedo.connectors.event.Attribute;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.operators.stream.classify.ClassifierOptions.Choice;
import io.alcedo.operators.stream.classify.ClassifierOptions.CropRule;
import io.alcedo.operators.stream.classify.ClassifierOptions.Subject;
import io.alcedo.operators.stream.detect.DetectedFrame;
import io.alcedo.operators.stream.detect.DetectedFrame.Classified;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyClassifier;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ClassifyFunctionTest {
  /** Red, green and blue from left to right, 40 px each. */
  private static final byte[] STRIPES =
      Frames.jpeg(120, 60, List.of(Color.RED, Color.GREEN, Color.BLUE));

  private static final Box RED = new Box(4, 4, 30, 50);
  private static final Box GREEN = new Box(44, 4, 30, 50);
  private static final Box BLUE = new Box(84, 4, 30, 50);
  private static final Duration SOON = Duration.ofMillis(20);
  private static final CropRule PEOPLE = new CropRule(List.of("person"), 0.5, 2);

  @TempDir Path directory;

  @Test
  void labelsTheBestObjectsThatAreWanted() throws Exception {
    try (var harness = open(Subject.CROP, PEOPLE, SOON)) {
      harness.processElement(
          frame(
              0,
              STRIPES,
              object("person", 0.9, BLUE),
              object("dog", 0.8, RED),
              object("person", 0.7, GREEN),
              object("person", 0.6, RED), // the third person of at most two
              object("person", 0.4, RED)),
          0);
      harness.endInput();

      DetectedFrame out = harness.extractOutputValues().get(0);
      assertThat(out.line().classifier()).startsWith("colour@");
      assertThat(out.line().attributes()).isEmpty();
      assertThat(out.line().objects().stream().map(ClassifyFunctionTest::best))
          .containsExactly("blue", null, "green", null, null);
      Attribute blue = out.line().objects().get(0).attributes().get(0);
      assertThat(blue.name()).isEqualTo("colour");
      assertThat(blue.score()).isGreaterThan(0.99);
      assertThat(out.classified()).isEqualTo(new Classified(2, 0, 2));
      assertThat(out.frame()).as("pixels that nobody needs any more").isNull();
      assertThat(out.deadLetter()).isNull();
    }
    assertThat(SharedEngines.open()).isZero();
  }

  @Test
  void cropsOfSeveralCamerasShareABatch() throws Exception {
    try (var harness = open(Subject.CROP, PEOPLE, Duration.ofSeconds(5))) {
      harness.processElement(
          frame(0, STRIPES, object("person", 0.9, RED), object("person", 0.8, BLUE)), 0);
      harness.processElement(
          at(Frames.FRONT_DOOR, STRIPES, object("person", 0.9, GREEN), object("person", 0.8, RED)),
          0);
      harness.endInput(); // the batch of 4 is full: nobody lingers

      assertThat(harness.extractOutputValues())
          .extracting(DetectedFrame::classified)
          .containsOnly(new Classified(2, 0, 4));
    }
  }

  @Test
  void labelsAWholeFrame() throws Exception {
    byte[] green = Frames.jpeg(120, 60, List.of(Color.GREEN, Color.GREEN, Color.BLUE));
    try (var harness = open(Subject.FRAME, PEOPLE, SOON)) {
      harness.processElement(frame(0, green, object("dog", 0.9, RED)), 0);
      harness.endInput();

      DetectionLine line = harness.extractOutputValues().get(0).line();
      assertThat(line.attributes()).extracting(Attribute::label).containsExactly("green", "blue");
      assertThat(line.objects().get(0).attributes()).isEmpty();
      assertThat(line.classifier()).startsWith("colour@");
    }
  }

  @Test
  void whatHasNothingToClassifyKeepsItsPlace() throws Exception {
    try (var harness = open(Subject.CROP, PEOPLE, SOON)) {
      harness.processElement(frame(0, STRIPES, object("person", 0.9, RED)), 0);
      harness.processElement(heartbeat(), 0);
      harness.processElement(frame(2, STRIPES), 0);
      harness.endInput();

      List<DetectedFrame> out = harness.extractOutputValues();
      assertThat(out)
          .extracting(frame -> frame.line().status(), DetectedFrame::classified)
          .containsExactly(
              tuple(LineStatus.OK, new Classified(1, 0, 1)),
              tuple(LineStatus.HEARTBEAT, null),
              tuple(LineStatus.OK, new Classified(0, 0, 0)));
      assertThat(out.get(2).line().classifier()).startsWith("colour@");
    }
  }

  @Test
  void aFailureCostsTheAttributesAndNotTheDetections() throws Exception {
    try (var harness = open(Subject.CROP, PEOPLE, SOON)) {
      harness.processElement(
          frame(0, Frames.TRUNCATED_JPEG, object("person", 0.9, RED), object("person", 0.8, RED)),
          0);
      harness.endInput();

      DetectedFrame out = harness.extractOutputValues().get(0);
      assertThat(out.line().status()).isEqualTo(LineStatus.OK);
      assertThat(out.line().objects()).hasSize(2);
      assertThat(out.line().classifier()).isNull();
      assertThat(out.deadLetter().stage()).isEqualTo("classify");
      assertThat(out.deadLetter().reason()).startsWith("truncated JPEG");
      assertThat(out.classified()).isEqualTo(new Classified(2, 2, 0));
    }
  }

  @Test
  void aFrameThatTakesTooLongGoesOnWithoutAttributes() throws Exception {
    try (var harness = open(Subject.CROP, PEOPLE, Duration.ofMinutes(1))) {
      harness.setProcessingTime(0);
      harness.processElement(frame(0, STRIPES, object("person", 0.9, RED)), 0);
      harness.setProcessingTime(5_001);
      harness.endInput();

      DetectedFrame out = harness.extractOutputValues().get(0);
      assertThat(out.line().objects()).hasSize(1);
      assertThat(out.deadLetter().reason()).isEqualTo("timeout: no result within 5000 ms");
      assertThat(out.classified()).isEqualTo(new Classified(1, 1, 0));
    }
  }

  private static String best(DetectedObject object) {
    return object.attributes().isEmpty() ? null : object.attributes().get(0).label();
  }

  private static DetectedObject object(String label, double score, Box box) {
    return new DetectedObject("id", label, score, box, null, List.of());
  }

  private static DetectedFrame frame(long sequence, byte[] image, DetectedObject... objects) {
    return detected(Frames.frame(Frames.GATE, sequence, image), objects);
  }

  private static DetectedFrame at(String camera, byte[] image, DetectedObject... objects) {
    return detected(Frames.frame(camera, 0, image), objects);
  }

  private static DetectedFrame detected(CameraRecord frame, DetectedObject... objects) {
    DetectionLine line = DetectionLine.without(frame, LineStatus.OK, null);
    return new DetectedFrame(
        line.classified(null, List.of(objects), List.of()), null, 1, frame, null, null);
  }

  private static DetectedFrame heartbeat() {
    CameraRecord record = Frames.record(CameraRecord.Kind.HEARTBEAT, Frames.GATE, 1, new byte[0]);
    DetectionLine line = DetectionLine.without(record, LineStatus.HEARTBEAT, null);
    return new DetectedFrame(line, null, 0, null, null, null);
  }

  private OneInputStreamOperatorTestHarness<DetectedFrame, DetectedFrame> open(
      Subject on, CropRule crops, Duration linger) throws Exception {
    BatchOptions batch = new BatchOptions(4, linger, 1, 64, 1 << 20, Freshness.EVERY_FRAME, null);
    String model = TinyClassifier.write(directory.resolve("model")).toString();
    InferenceOptions inference =
        new InferenceOptions(model, EngineOptions.DEFAULT, batch, 12, Duration.ofSeconds(5));
    ClassifierOptions options = new ClassifierOptions(inference, on, new Choice(2, 0.001), crops);
    var harness =
        new OneInputStreamOperatorTestHarness<DetectedFrame, DetectedFrame>(
            new AsyncWaitOperatorFactory<>(
                new ClassifyFunction(options), 5_000, 12, OutputMode.ORDERED));
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
