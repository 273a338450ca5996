package io.alcedo.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Attribute;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.kafka.TopicRange;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyClassifier;
import io.alcedo.operators.stream.fixture.TinyDetector;
import io.alcedo.operators.stream.fixture.TinyEncoder;
import io.alcedo.operators.stream.inference.SharedEngines;
import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jobs through a real broker, a real cluster and a real, if tiny, detector. */
@Timeout(120)
class JobsIT {
  private static final int HALF = 40;

  /** What adds a job's stages. */
  private interface Job {
    void build(StreamExecutionEnvironment environment, JobConfig config);
  }

  @TempDir Path directory;
  private KafkaFixture kafka;
  private TestCluster cluster;
  private JobConfig config;

  @BeforeEach
  void start() throws Exception {
    kafka = new KafkaFixture(2);
    cluster = new TestCluster();
    config = config("");
  }

  private JobConfig config(String others) {
    return YamlReader.parse(
        """
            kafka: {bootstrap: %s}
            model: %s
            %s
            inference: {batch: 4, linger: 10ms, mode: every-frame}
            run:
              parallelism: 2
              checkpointInterval: 500ms
              checkpointDirectory: %s
              restartDelay: 100ms
            scenes:
              - zones: [{name: middle, points: [[0.4, 0.6], [0.6, 0.6], [0.6, 0.9], [0.4, 0.9]]}]
            rules:
              - id: loiter
                when: {type: dwells, labels: person, zone: middle, for: 2s}
                cooldown: 1s
            """
            .formatted(
                kafka.settings().bootstrap(),
                TinyDetector.write(directory.resolve("model")),
                others,
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
  void everyFrameHasOneCommittedLineThoughTheTaskManagerIsLostInBetween() throws Exception {
    submit(DetectJob::build);
    kafka.publish(frames(Frames.GATE, 0));
    kafka.publish(frames(Frames.FRONT_DOOR, 0));
    kafka.publishMalformed(Frames.GATE);
    kafka.lines(10, line -> line.status() == LineStatus.OK);

    kafka.publish(frames(Frames.GATE, HALF));
    cluster.loseTaskManager();
    kafka.publish(frames(Frames.FRONT_DOOR, HALF));
    kafka.publish(
        List.of(
            Frames.record(Kind.HEARTBEAT, Frames.GATE, 2 * HALF, new byte[0]),
            Frames.record(Kind.END, Frames.GATE, 2 * HALF, new byte[0])));
    List<DetectionLine> lines = kafka.lines(1, line -> line.status() == LineStatus.END);
    if (lines.stream().filter(line -> line.status().isFrame()).count() < 4 * HALF) {
      lines = kafka.lines(4 * HALF, line -> line.status().isFrame());
    }

    assertEachFrameOnce(lines);
    assertThat(count(lines, LineStatus.DEAD)).isEqualTo(3 * 4);
    assertThat(count(lines, LineStatus.OK)).isEqualTo(4 * HALF - 3 * 4);
    assertThat(kafka.records(Topic.DEAD_LETTERS, 13)).hasSize(13);
    assertThat(
            lines.stream()
                .filter(line -> line.status() == LineStatus.DEAD)
                .map(line -> line.reason().replaceAll("[:,].*", ""))
                .distinct())
        .containsExactlyInAnyOrder("truncated JPEG", "zero bytes", "not a JPEG image");
  }

  @Test
  void replayingTheLinesGivesTheSameAlertsByteForByte() throws Exception {
    submit(PipelineJob::build);
    kafka.publish(brightFrames(2 * HALF));
    List<String> live = values(kafka.records(Topic.ALERTS, 1));
    kafka.lines(2 * HALF, line -> line.status() == LineStatus.OK);
    submit(StreamJob::build);

    List<String> both = values(kafka.records(Topic.ALERTS, 2));

    assertThat(live).hasSize(1);
    assertThat(live.get(0)).contains("\"rule\":\"loiter@1\"", "person in middle for 2.0 s");
    assertThat(both.subList(1, 2)).isEqualTo(live);
  }

  @Tag("full")
  @Test
  void lookingAtTheFramesAgainGivesTheSameAlerts() throws Exception {
    submit(PipelineJob::build);
    kafka.publish(brightFrames(2 * HALF));
    kafka.lines(2 * HALF, line -> line.status() == LineStatus.OK);
    Instant to = Frames.START.plusMillis(100L * (2 * HALF - 10));
    Replay replay = new Replay("again", Frames.START, to, true);
    KafkaSettings own = replay.results(config.kafka());
    TopicCreator.ensure(own, replay.resultTopics());
    TopicRange recorded = replay.range(config.kafka());

    cluster.awaitEnd(
        cluster.submit(
            config.run(),
            stages ->
                ReplayJob.build(
                    stages,
                    config,
                    new Recorded(config.rules(), config.cameras()),
                    replay,
                    recorded)));

    assertThat(kafka.all(own.topic(Topic.DETECTIONS))).hasSize(2 * HALF - 10);
    assertThat(values(kafka.all(own.topic(Topic.ALERTS))))
        .isEqualTo(values(kafka.records(Topic.ALERTS, 1)))
        .hasSize(1);
  }

  /** In the middle of a stay, and again while its alert is open. */
  @Test
  void aLostTaskManagerChangesNoAlert() throws Exception {
    submit(PipelineJob::build);
    kafka.publish(brightFrames(0, 10));
    kafka.lines(10, line -> line.status() == LineStatus.OK);
    cluster.loseTaskManager();
    kafka.publish(brightFrames(10, 30));
    kafka.lines(30, line -> line.status() == LineStatus.OK);
    cluster.loseTaskManager();
    kafka.publish(brightFrames(30, 40));
    kafka.publish(List.of(Frames.record(Kind.END, Frames.GATE, 40, new byte[0])));

    kafka.lines(1, line -> line.status() == LineStatus.END);
    List<String> alerts =
        values(kafka.recordsUntil(Topic.ALERTS, text -> text.contains("\"resolved\""))).stream()
            .distinct() // at least once, with the same bytes
            .toList();
    assertThat(alerts).hasSize(2);
    assertThat(alerts).anyMatch(text -> text.contains("\"state\":\"raised\"") && at(text, 22));
    assertThat(alerts).anyMatch(text -> text.contains("\"state\":\"resolved\"") && at(text, 40));
    assertThat(alerts.stream().map(text -> text.replaceAll("\"state.*", "")).distinct())
        .as("ids")
        .hasSize(1);
  }

  private static boolean at(String alert, int sequence) {
    return alert.contains("\"sequence\":%d,".formatted(sequence));
  }

  @Tag("full")
  @Test
  void everyFrameStillHasOneLineWithOtherModelsBehindThoughTheTaskManagerIsLost() throws Exception {
    config =
        config(
            """
            classifier: {model: %s, batch: 8, topK: 2, minScore: 0.0, labels: [person]}
            tracker: {appearance: %s}"""
                .formatted(
                    TinyClassifier.write(directory.resolve("classifier")),
                    TinyEncoder.write(directory.resolve("encoder"), 0)));
    submit(DetectJob::build);
    kafka.publish(frames(Frames.GATE, 0));
    kafka.publish(colourFrames(Frames.FRONT_DOOR, 0));
    kafka.lines(10, line -> line.status() == LineStatus.OK);
    cluster.loseTaskManager();
    kafka.publish(colourFrames(Frames.FRONT_DOOR, HALF));
    kafka.publish(frames(Frames.GATE, HALF));

    List<DetectionLine> lines = kafka.lines(4 * HALF, line -> line.status().isFrame());

    assertEachFrameOnce(lines);
    assertThat(count(lines, LineStatus.OK)).isEqualTo(4 * HALF - 3 * 2);
    List<DetectionLine> ofDoor =
        lines.stream().filter(line -> line.frame().camera().equals(Frames.FRONT_DOOR)).toList();
    assertThat(ofDoor)
        .allSatisfy(
            line -> {
              assertThat(line.classifier()).startsWith("colour@");
              assertThat(line.encoder()).startsWith("direction@");
              float[] looks = line.objects().get(0).appearance().vector();
              assertThat(looks[1]).as("green").isGreaterThan(Math.max(looks[0], looks[2]));
              // The person stands in the middle half, which is green.
              List<Attribute> said = line.objects().get(0).attributes();
              assertThat(said).hasSize(2);
              assertThat(said.get(0).label()).isEqualTo("green");
              assertThat(said.get(0).score()).isGreaterThan(said.get(1).score());
            });
  }

  private void submit(Job job) throws Exception {
    var unused = cluster.submit(config.run(), environment -> job.build(environment, config));
  }

  /** Half of a camera's frames, three of them no pictures. */
  private static List<CameraRecord> frames(String camera, int from) {
    List<CameraRecord> frames = new ArrayList<>();
    Map<Integer, byte[]> bad = Map.of(5, Frames.TRUNCATED_JPEG, 6, new byte[0], 7, Frames.TEXT);
    for (int i = 0; i < HALF; i++) {
      frames.add(Frames.frame(camera, from + i, bad.getOrDefault(i, Frames.BRIGHT)));
    }
    return frames;
  }

  /** Half of a camera's frames, bright enough for a person, green in the middle. */
  private static List<CameraRecord> colourFrames(String camera, int from) {
    Color green = new Color(160, 255, 160);
    byte[] picture = Frames.jpeg(128, 96, List.of(Color.PINK, green, green, Color.PINK));
    List<CameraRecord> frames = new ArrayList<>();
    for (int i = 0; i < HALF; i++) {
      frames.add(Frames.frame(camera, from + i, picture));
    }
    return frames;
  }

  private static List<CameraRecord> brightFrames(int count) {
    return brightFrames(0, count);
  }

  private static List<CameraRecord> brightFrames(int from, int to) {
    List<CameraRecord> frames = new ArrayList<>();
    for (int i = from; i < to; i++) {
      frames.add(Frames.frame(Frames.GATE, i, Frames.BRIGHT));
    }
    return frames;
  }

  private static void assertEachFrameOnce(List<DetectionLine> lines) {
    List<String> ids =
        lines.stream()
            .filter(line -> line.status().isFrame())
            .map(line -> line.frame().text())
            .toList();
    assertThat(ids).doesNotHaveDuplicates().hasSize(4 * HALF);
    Map<String, List<Long>> order =
        lines.stream()
            .filter(line -> line.status().isFrame())
            .collect(
                Collectors.groupingBy(
                    line -> line.frame().camera(),
                    Collectors.mapping(line -> line.frame().sequence(), Collectors.toList())));
    order.values().forEach(of -> assertThat(of).containsExactlyElementsOf(new TreeSet<>(of)));
  }

  private static long count(List<DetectionLine> lines, LineStatus status) {
    return lines.stream().filter(line -> line.status() == status).count();
  }

  private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(r -> new String(r.value(), StandardCharsets.UTF_8)).toList();
  }
}
