package io.alcedo.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.kafka.TopicRange;
import io.alcedo.connectors.wire.AlertCodec;
import io.alcedo.connectors.wire.AnalyticsRowCodec;
import io.alcedo.connectors.wire.TrackedLineCodec;
import io.alcedo.connectors.wire.WireFormatException;
import io.alcedo.operators.stream.rules.RuleSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a live job said once, said again from the lines that it read, while it goes on. */
@Timeout(240)
class ReplayIT {
  private static final int SESSIONS = 5;

  /** So that a job takes some seconds. */
  private static final String SMALL_BITES = "max.partition.fetch.bytes: 1024, max.poll.records: 5";

  private static final Instant END = SimulatedSessions.beginning(SESSIONS);

  @TempDir private static Path directory;
  private static KafkaFixture kafka;
  private static TestCluster cluster;
  private static List<DetectionLine> lines;
  private static Map<String, List<String>> liveAlerts;
  private static Map<String, List<String>> liveRows;

  @BeforeAll
  static void runLive() throws Exception {
    kafka = new KafkaFixture(4);
    cluster = new TestCluster();
    lines = new SimulatedSessions().lines(SESSIONS);
    kafka.append(lines);
    JobConfig config = config(2, "");
    JobID live = cluster.submit(config.run(), environment -> StreamJob.build(environment, config));
    kafka.records(Topic.TRACKS, Math.toIntExact(released(line -> true)));
    cluster.awaitCheckpoint(live);
    liveAlerts = liveAlerts();
    liveRows = live(Topic.ANALYTICS);
    assertThat(count(liveAlerts)).isGreaterThan(60);
    assertThat(count(liveRows)).isGreaterThan(100);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    kafka.close();
  }

  @Test
  void saysTheSameToTheByteWhateverTheParallelism() throws Exception {
    for (int parallelism : new int[] {1, 4}) {
      Replay replay = all("by-" + parallelism);
      cluster.awaitEnd(submit(replay, config(parallelism, ""), rules()));

      assertThat(said(replay, Topic.ALERTS)).isEqualTo(liveAlerts);
      assertThat(said(replay, Topic.ANALYTICS)).isEqualTo(liveRows);
    }
    assertThat(liveAlerts()).as("live, untouched").isEqualTo(liveAlerts);
    assertThat(live(Topic.ANALYTICS)).as("live, untouched").isEqualTo(liveRows);
  }

  @Test
  void saysTheSameToTheByteThoughTheTaskManagerIsLostInBetween() throws Exception {
    Replay replay = all("after-a-loss");
    JobID job = submit(replay, config(2, SMALL_BITES), rules());
    kafka.read(tracks(replay), first -> true);
    cluster.loseTaskManager();
    cluster.awaitEnd(job);

    assertThat(cluster.restarts(job)).isPositive();
    assertThat(said(replay, Topic.ALERTS)).isEqualTo(liveAlerts);
    assertThat(said(replay, Topic.ANALYTICS)).isEqualTo(liveRows);
    assertThat(kafka.all(tracks(replay))).hasSize(Math.toIntExact(released(line -> true)));
  }

  @Test
  void otherRulesSayOtherThingsOfTheSameTracks() throws Exception {
    RuleSpec brief =
        YamlReader.parse(
            "{id: brief, onePer: track, when: {type: dwells, zone: yard, for: 500ms}}",
            "test",
            RuleSpec.class);
    Replay replay = all("brief");
    cluster.awaitEnd(submit(replay, config(2, ""), List.of(brief)));

    Map<String, List<String>> alerts = said(replay, Topic.ALERTS);
    assertThat(alerts).isNotEqualTo(liveAlerts).isNotEmpty();
    alerts.values().forEach(of -> assertThat(of).allMatch(a -> a.contains("\"brief@1\"")));
    assertThat(said(replay, Topic.ANALYTICS)).isEqualTo(liveRows);
  }

  /**
   * Whole sessions: what was before has ended, so it makes no difference. That the last window is
   * told again when its end has passed takes a line behind the range.
   */
  @Test
  void saysWhatIsCapturedFromAndBeforeTheGivenTimes() throws Exception {
    Instant from = SimulatedSessions.beginning(2);
    Instant to = SimulatedSessions.beginning(4);
    Replay replay = new Replay("two-sessions", from, to, false);
    cluster.awaitEnd(submit(replay, config(2, ""), rules()));

    assertThat(said(replay, Topic.ALERTS))
        .isEqualTo(only(liveAlerts, text -> isIn(replay, captureTime(text))));
    assertThat(once(said(replay, Topic.ANALYTICS)))
        .isEqualTo(once(only(liveRows, text -> isIn(replay, start(text)))));
  }

  /** Lines that wait for a missing one are let through at the end. */
  @Test
  void holdsBackNoLineAtTheEnd() throws Exception {
    Instant to = SimulatedSessions.beginning(1).plusMillis(12_200);
    Replay replay = new Replay("cut", SimulatedSessions.beginning(0), to, false);
    cluster.awaitEnd(submit(replay, config(2, ""), rules()));

    List<ConsumerRecord<byte[], byte[]>> tracks = kafka.all(tracks(replay));
    assertThat(tracks).hasSize(Math.toIntExact(released(line -> isIn(replay, line.captureTime()))));
    Instant last = Instant.EPOCH;
    for (ConsumerRecord<byte[], byte[]> record : tracks) {
      Instant time = TrackedLineCodec.read(record.value()).line().captureTime();
      last = time.isAfter(last) ? time : last;
    }
    assertThat(last).isEqualTo(to.minusMillis(100));
  }

  private static JobID submit(Replay replay, JobConfig config, List<RuleSpec> rules)
      throws Exception {
    TopicCreator.ensure(replay.results(config.kafka()), replay.resultTopics());
    TopicRange recorded = replay.range(config.kafka());
    return cluster.submit(
        config.run(),
        environment ->
            ReplayJob.build(
                environment, config, new Recorded(rules, config.cameras()), replay, recorded));
  }

  private static Replay all(String name) {
    return new Replay(name, SimulatedSessions.beginning(0), END, false);
  }

  private static List<RuleSpec> rules() {
    return config(1, "").rules();
  }

  private static JobConfig config(int parallelism, String properties) {
    return YamlReader.parse(
        """
        kafka: {bootstrap: %s, properties: {%s}}
        run:
          parallelism: %d
          checkpointInterval: 200ms
          checkpointDirectory: %s
          restartDelay: 100ms
        scenes:
          - zones: [{name: yard, points: [[0.2, 0.35], [0.8, 0.35], [0.9, 0.95], [0.1, 0.95]]}]
            lines: [{name: door, from: [0.5, 0.95], to: [0.45, 0.2]}]
        rules:
          - {id: stays, onePer: track, cooldown: 0s, when: {type: dwells, zone: yard, for: 3s}}
          - {id: crosses, onePer: track, cooldown: 0s, when: {type: crosses, line: door}}
          - {id: many, cooldown: 1s, when: {type: count, zone: yard, atLeast: 2, for: 1s}}
          - {id: offline, cooldown: 1s, when: {type: offline, for: 1500ms}}
        analytics: {windows: [{size: 5s}, {size: 25s}], heatColumns: 4, heatRows: 3}
        """
            .formatted(
                kafka.settings().bootstrap(),
                properties,
                parallelism,
                directory.resolve("checkpoints").toUri()),
        "test",
        JobConfig.class);
  }

  /** Different lines: repeats do not count. */
  private static long released(Predicate<DetectionLine> which) {
    return lines.stream().filter(which).distinct().count();
  }

  private static String tracks(Replay replay) {
    return replay.results(kafka.settings()).topic(Topic.TRACKS);
  }

  /** By camera, in order; live they are there at least once. */
  private static Map<String, List<String>> liveAlerts() {
    return once(live(Topic.ALERTS));
  }

  private static Map<String, List<String>> once(Map<String, List<String>> byCamera) {
    byCamera.replaceAll((camera, values) -> values.stream().distinct().toList());
    return byCamera;
  }

  private static Map<String, List<String>> live(Topic topic) {
    return byCamera(kafka.all(kafka.settings().topic(topic)));
  }

  private static Map<String, List<String>> said(Replay replay, Topic topic) {
    return byCamera(kafka.all(replay.results(kafka.settings()).topic(topic)));
  }

  private static Map<String, List<String>> byCamera(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, List<String>> byCamera = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      byCamera
          .computeIfAbsent(
              new String(record.key(), StandardCharsets.US_ASCII), unused -> new ArrayList<>())
          .add(new String(record.value(), StandardCharsets.UTF_8));
    }
    return byCamera;
  }

  private static int count(Map<String, List<String>> byCamera) {
    return byCamera.values().stream().mapToInt(List::size).sum();
  }

  private static Map<String, List<String>> only(
      Map<String, List<String>> byCamera, Predicate<String> which) {
    Map<String, List<String>> some = new TreeMap<>();
    byCamera.forEach((camera, of) -> some.put(camera, of.stream().filter(which).toList()));
    some.values().removeIf(List::isEmpty);
    return some;
  }

  private static boolean isIn(Replay replay, Instant time) {
    return !time.isBefore(replay.from()) && time.isBefore(replay.to());
  }

  private static Instant captureTime(String alert) {
    try {
      return AlertCodec.read(alert.getBytes(StandardCharsets.UTF_8)).captureTime();
    } catch (WireFormatException e) {
      throw new AssertionError(e);
    }
  }

  private static Instant start(String row) {
    try {
      return AnalyticsRowCodec.read(row.getBytes(StandardCharsets.UTF_8)).start();
    } catch (WireFormatException e) {
      throw new AssertionError(e);
    }
  }
}
