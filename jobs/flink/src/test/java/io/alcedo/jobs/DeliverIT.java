package io.alcedo.jobs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.Snooze;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.notify.HttpReceiver;
import io.alcedo.connectors.pictures.PictureStore;
import io.alcedo.connectors.wire.AlertCodec;
import io.alcedo.connectors.wire.SnoozeCodec;
import io.alcedo.operators.stream.fixture.Frames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alerts through a real broker, a real cluster and to real HTTP servers. */
@Timeout(120)
class DeliverIT {
  @TempDir Path directory;
  private final HttpReceiver office = new HttpReceiver();
  private final HttpReceiver guard = new HttpReceiver();
  private KafkaFixture kafka;
  private TestCluster cluster;
  private JobConfig config;
  private FrameRef frame;

  @BeforeEach
  void start() throws Exception {
    kafka =
        new KafkaFixture(
            2,
            EnumSet.of(
                Topic.ALERTS, Topic.SNOOZES, Topic.CAMERAS, Topic.FRAMES, Topic.DEAD_LETTERS));
    cluster = new TestCluster();
    config =
        YamlReader.parse(
            """
            kafka: {bootstrap: "%s"}
            run:
              parallelism: 2
              checkpointInterval: 500ms
              checkpointDirectory: %s
              restartDelay: 100ms
            delivery:
              snapshots: {store: "%s", keep: 7d, mostMegabytes: 100}
              channels:
                - name: office
                  webhook: {url: "%s", timeout: 1s}
                  retry: {first: 50ms, longest: 200ms, giveUpAfter: 1min}
                - name: guard
                  webhook: {url: "%s"}
                  severities: critical
                  picture: false
            """
                .formatted(
                    kafka.settings().bootstrap(),
                    directory.resolve("checkpoints").toUri(),
                    directory.resolve("snapshots").toUri(),
                    office.url(),
                    guard.url()),
            "test",
            JobConfig.class);
    kafka.publish(List.of(Frames.frame(Frames.GATE, 0, Frames.BRIGHT)));
    ConsumerRecord<byte[], byte[]> record = kafka.records(Topic.FRAMES, 1).get(0);
    frame = new FrameRef(record.topic(), record.partition(), record.offset());
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
    kafka.close();
    office.close();
    guard.close();
  }

  private JobID submit() throws Exception {
    return cluster.submit(config.run(), stages -> DeliverJob.build(stages, config));
  }

  @Test
  void tellsEachReceiverWhatItWantsWithAPicture() throws Exception {
    submit();
    raise("a", "warning");
    raise("b", "critical");
    raise("b", "critical"); // at least once: the topic repeats
    resolve("b", "critical");

    assertThat(office.next().body()).contains("\"base64\":\"/9j/");
    Set<String> ids = new LinkedHashSet<>();
    for (int i = 0; i < 2; i++) {
      ids.add(guard.next().header("webhook-id"));
    }
    assertThat(ids).containsExactly("b-raised", "b-resolved");
    office.next();
    assertThat(office.next().body()).contains("\"state\":\"resolved\"").doesNotContain("snapshot");
    raise("c", "warning");
    assertThat(office.next().header("webhook-id")).isEqualTo("c-raised");
    assertThat(office.waiting()).as("repeats").isZero();
    PictureStore pictures = new PictureStore(directory.resolve("snapshots").toUri());
    assertThat(pictures.find("a")).isPresent();
  }

  /** While one receiver is away, the other is told; and after that the first gets everything. */
  @Test
  void losesNothingThoughAReceiverIsAwayAndTheTaskManagerIsLost() throws Exception {
    JobID job = submit();
    office.answer(503, null);
    for (int i = 0; i < 5; i++) {
      raise("a" + i, "critical");
    }
    for (int i = 0; i < 5; i++) {
      guard.next();
    }
    cluster.awaitCheckpoint(job);
    cluster.loseTaskManager();
    raise("a5", "critical");
    guard.next();
    while (office.waiting() > 0) {
      office.next();
    }
    office.answer(200, null);

    Set<String> ids = new LinkedHashSet<>();
    while (ids.size() < 6) {
      ids.add(office.next().header("webhook-id"));
    }
    assertThat(ids)
        .containsExactlyInAnyOrder(
            "a0-raised", "a1-raised", "a2-raised", "a3-raised", "a4-raised", "a5-raised");
  }

  @Test
  void keepsWhatIsRefusedAndTellsNobodyWhatIsSnoozed() throws Exception {
    kafka.send(
        new ProducerRecord<>(
            "snoozes",
            "quiet/*".getBytes(UTF_8),
            SnoozeCodec.write(
                new Snooze(
                    "quiet",
                    null,
                    Frames.START.minusSeconds(1),
                    Frames.START.plusSeconds(9),
                    "x"))));
    kafka.records(Topic.SNOOZES, 1);
    submit();
    office.answer(400, null);
    send(alert("s", Alert.State.RAISED, "quiet@2", "warning"));
    raise("a", "warning");

    assertThat(office.next().header("webhook-id")).isEqualTo("a-raised");
    ConsumerRecord<byte[], byte[]> letter = kafka.records(Topic.DEAD_LETTERS, 1).get(0);
    assertThat(letter.value()).asString().contains("\"id\":\"a\"");
    assertThat(letter.headers().lastHeader("stage").value()).asString().isEqualTo("deliver:office");
    assertThat(letter.headers().lastHeader("reason").value()).asString().contains("answered 400");
    assertThat(office.waiting()).isZero();
  }

  /** Whoever is new is not told what happened before. */
  @Test
  void beginsWithWhatIsRaisedFromNowOn() throws Exception {
    raise("old", "warning");
    kafka.records(Topic.ALERTS, 1);
    submit();
    raise("new", "warning");

    assertThat(office.next().header("webhook-id")).isEqualTo("new-raised");
  }

  @Test
  void saysWhatIsMissingBeforeItStarts() {
    JobConfig none = YamlReader.parse("kafka: {bootstrap: \"a:1\"}\n", "test", JobConfig.class);
    assertThatThrownBy(() -> DeliverJob.check(none))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("delivery.snapshots is missing");
    JobConfig away =
        YamlReader.parse(
            "kafka: {bootstrap: \"a:1\"}\ndelivery: {snapshots: {store: \"s3://bucket/a\"}}\n",
            "test",
            JobConfig.class);
    assertThatThrownBy(() -> DeliverJob.check(away))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("delivery.snapshots.store is 's3://bucket/a', but no file system");
    JobConfig secret =
        YamlReader.parse(
            """
            kafka: {bootstrap: "a:1"}
            delivery:
              snapshots: {store: "file:///tmp/x"}
              channels: [{name: office, webhook: {url: "http://a", secretEnv: ALCEDO_NO_SUCH}}]
            """,
            "test",
            JobConfig.class);
    assertThatThrownBy(() -> DeliverJob.check(secret))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("channel office: environment variable ALCEDO_NO_SUCH is not set");
    assertThatThrownBy(
            () ->
                YamlReader.parse(
                    """
                    kafka: {bootstrap: "a:1"}
                    delivery: {channels: [{name: snapshots, webhook: {url: "http://a"}}]}
                    """,
                    "test",
                    JobConfig.class))
        .hasMessageContaining("channels has 'snapshots' twice, or it is 'snapshots'");
  }

  private void raise(String id, String severity) {
    send(alert(id, Alert.State.RAISED, "loiter@1", severity));
  }

  private void resolve(String id, String severity) {
    send(alert(id, Alert.State.RESOLVED, "loiter@1", severity));
  }

  private void send(Alert alert) {
    kafka.send(
        new ProducerRecord<>("alerts", alert.camera().getBytes(US_ASCII), AlertCodec.write(alert)));
  }

  private Alert alert(String id, Alert.State state, String rule, String severity) {
    return new Alert(
        id,
        state,
        false,
        rule,
        "dwells",
        severity,
        Frames.GATE,
        null,
        null,
        null,
        Frames.frame(Frames.GATE, 0, Frames.BRIGHT).id(),
        frame,
        Frames.START,
        Frames.START,
        "person for 2.0 s",
        new ArrayList<>(),
        null);
  }
}
