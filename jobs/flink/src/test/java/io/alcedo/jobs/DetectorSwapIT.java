package io.alcedo.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.registry.ModelRegistry;
import io.alcedo.connectors.registry.Role;
import io.alcedo.connectors.wire.ModelEventCodec;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyDetector;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.SharedEngines;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A detector that is deployed takes over while frames wait. */
@Timeout(120)
class DetectorSwapIT {
  private static final int STEP = 500;

  @TempDir Path directory;
  private KafkaFixture kafka;
  private TestCluster cluster;
  private JobConfig config;

  @BeforeEach
  void start() throws Exception {
    kafka = new KafkaFixture(2);
    cluster = new TestCluster();
    config =
        YamlReader.parse(
            """
            kafka: {bootstrap: "%s"}
            model: %s
            inference: {batch: 4, linger: 5ms, mode: every-frame}
            registry: {store: "%s", cache: %s}
            run: {checkpointInterval: 300ms, checkpointDirectory: "%s", restartDelay: 100ms}
            """
                .formatted(
                    kafka.settings().bootstrap(),
                    TinyDetector.write(directory.resolve("first")),
                    directory.resolve("registry").toUri(),
                    directory.resolve("cache"),
                    directory.resolve("checkpoints").toUri()),
            "test",
            JobConfig.class);
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
    kafka.close();
    assertThat(SharedEngines.open()).as("engines left open").isZero();
  }

  @Test
  void takesOverBetweenTwoFramesAndLosesNone() throws Exception {
    var unused = cluster.submit(config.run(), stages -> DetectJob.build(stages, config));
    ModelRegistry registry = config.inferenceOptions().registry().open();
    ModelDirectory better =
        ModelDirectory.open(TinyDetector.write(directory.resolve("better"), 1.8f));
    registry.publish(better.manifest(), better.weights());
    String version = better.manifest().version();
    int sent = publish(0);
    kafka.lines(STEP / 2, line -> line.status() == LineStatus.OK);
    var turn =
        registry.deploy(
            Role.DETECTOR, new Turn(version, Clock.systemUTC().instant(), "test", "to see"));
    assertThat(turn).isNotNull();
    while (kafka.lines(sent, line -> line.status().isFrame()).stream()
        .noneMatch(line -> line.model().equals(version))) {
      sent = publish(sent);
    }

    List<DetectionLine> lines = kafka.lines(sent, line -> line.status().isFrame());

    assertThat(lines)
        .extracting(line -> line.frame().sequence())
        .containsExactlyElementsOf(LongStream.range(0, sent).boxed().toList());
    long before = lines.stream().takeWhile(line -> !line.model().equals(version)).count();
    assertThat(before).isBetween(1L, (long) sent - 1);
    assertThat(lines.subList((int) before, sent))
        .extracting(DetectionLine::model)
        .containsOnly(version);
    for (DetectionLine line : lines) {
      assertThat(line.status()).isEqualTo(LineStatus.OK);
      // Each is as certain as the model that the line names.
      assertThat(line.objects().get(0).score() < 0.7).isEqualTo(line.model().equals(version));
    }
    assertThat(ModelEventCodec.read(kafka.records(Topic.MODEL_EVENTS, 1).get(0).value()))
        .satisfies(
            event -> {
              assertThat(event.kind()).isEqualTo(ModelEvent.Kind.TAKEN_OVER);
              assertThat(event.version()).isEqualTo(version);
            });
  }

  private int publish(int from) {
    List<CameraRecord> frames = new ArrayList<>();
    for (int i = from; i < from + STEP; i++) {
      frames.add(Frames.frame(Frames.GATE, i, Frames.BRIGHT));
    }
    kafka.publish(frames);
    return from + STEP;
  }
}
