package io.alcedo.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.Revision;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.wire.AlertCodec;
import io.alcedo.connectors.wire.AnalyticsRowCodec;
import io.alcedo.connectors.wire.WireFormatException;
import io.alcedo.operators.stream.scene.CameraSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What cameras do in the field, all in one run of the stream job, and the alerts and sums that are
 * right, worked out by hand. Somebody stands in the middle of every picture. A track is believed in
 * its third frame, and a stay begins there: at 10 frames a second at 0.2 s, so that a stay of three
 * seconds is told at 3.2 s, frame 32 of a camera that does nothing odd.
 */
@Timeout(120)
class CameraBehaviourIT {
  private static final String YAML =
      """
      name: %s
      kafka: {bootstrap: "%s"}
      run:
        parallelism: %d
        checkpointInterval: 500ms
        checkpointDirectory: %s
      scenes:
        - zones: [{name: middle, points: [[0.4, 0], [0.6, 0], [0.6, 1], [0.4, 1]]}]
      rules:
        - {id: stays, when: {type: dwells, labels: person, zone: middle, for: 3s}, cooldown: 0s}
        - {id: offline, when: {type: offline, for: 5s}, cooldown: 0s}
      analytics: {windows: [{size: 10s}], heatColumns: 2, heatRows: 1}
      """;

  /** What a camera sends, and what is right about it. */
  private record Case(List<DetectionLine> lines, List<String> alerts, List<String> rows) {}

  private final Map<String, Case> cases = new TreeMap<>();
  @TempDir Path directory;
  private KafkaFixture kafka;
  private TestCluster cluster;

  @BeforeEach
  void start() throws Exception {
    kafka = new KafkaFixture(4);
    cluster = new TestCluster();
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
    kafka.close();
  }

  private static ScriptedCamera camera(String name) {
    return new ScriptedCamera(name, 10);
  }

  /** Those that are there from the beginning. */
  private void describe() {
    // 0.2 s to 4.9 s: a stay of 4.7 s.
    is(
        "steady",
        camera("steady").frames(50).end(),
        List.of("stays raised 32 at 3.2", "stays resolved 50 at 4.9"),
        List.of("0: frames 50, 4.9 s, tracks 1, in 1, out 1, longest 4.7"));
    // Two seconds, then the clock is set back by ten: whoever is there now may be somebody else, at
    // a time that was before. All begins anew at frame 20, 12.0 s; believed at 12.2 s.
    is(
        "clock-back",
        camera("clock-back").at(20).frames(20).at(12).frames(41).end(),
        List.of("stays raised 52 at 15.2", "stays resolved 61 at 16.0"),
        List.of(
            "20: frames 20, 1.9 s, tracks 1, in 1, out 1, longest 1.7",
            "10: frames 41, 4.0 s, tracks 1, in 1, out 1, longest 3.8"));
    // Two seconds, then the clock is an hour ahead: nobody has stood there for an hour, as far as
    // anybody knows. A frame says what is there for two seconds: 3.9 s of the first window.
    is(
        "clock-forward",
        camera("clock-forward").frames(20).at(3602).frames(41).end(),
        List.of("stays raised 52 at 3605.2", "stays resolved 61 at 3606.0"),
        List.of(
            "0: frames 20, 3.9 s, tracks 1, in 1, out 1, longest 1.7",
            "3600: frames 41, 4.0 s, tracks 1, in 1, out 1, longest 3.8"));
    // Repeats count once. Half a second of lost frames hides nobody for longer than the patience;
    // less than five seconds wait behind it, so it is the session's end that gives them up.
    is(
        "twice-and-lost",
        camera("twice-and-lost").frames(10).lose(5).frames(46).repeated().end(),
        List.of("stays raised 32 at 3.2", "stays resolved 61 at 6.0"),
        List.of("0: frames 56, 6.0 s, tracks 1, in 1, out 1, longest 5.8"));
    // The publisher dies without a word and is there again at 5.0 s: another session, other tracks.
    // A line of the first one that comes late is a repeat.
    is(
        "restarted",
        camera("restarted")
            .frames(20)
            .session("S2")
            .at(5)
            .frames(5)
            .late("S1", 20)
            .frames(36)
            .end(),
        List.of("stays raised 32 at 8.2", "stays resolved 41 at 9.0"),
        List.of("0: frames 61, 7.9 s, tracks 2, in 2, out 2, longest 3.8"));
    // Ten seconds without a picture from a publisher that lives: offline is told at the first sign
    // of life five seconds after the last frame (1.9 s), and is over with the first frame. The
    // track is over at 4.9 s.
    is(
        "silent-with-heartbeats",
        camera("silent-with-heartbeats").frames(20).heartbeats(9).at(11.9).frames(41).end(),
        List.of(
            "offline raised 20 at 6.9",
            "offline resolved 20 at 11.9",
            "stays raised 52 at 15.1",
            "stays resolved 61 at 15.9"),
        List.of(
            "0: frames 20, 3.9 s, tracks 1, in 1, out 1, longest 1.7",
            "10: frames 41, 4.0 s, tracks 1, in 1, out 1, longest 3.8"));
    // The same from one that cannot be heard either, as behind a cable that is out: the first frame
    // of after ends the track, and who stands there now is somebody else.
    is(
        "silent",
        camera("silent").frames(20).at(12).frames(41).end(),
        List.of("stays raised 52 at 15.2", "stays resolved 61 at 16.0"),
        List.of(
            "0: frames 20, 3.9 s, tracks 1, in 1, out 1, longest 1.7",
            "10: frames 41, 4.0 s, tracks 1, in 1, out 1, longest 3.8"));
    // Twice the resolution in the middle of the stay: the same person at the same part of the
    // picture.
    is(
        "resized",
        camera("resized").frames(20).side(200).frames(41).end(),
        List.of("stays raised 32 at 3.2", "stays resolved 61 at 6.0"),
        List.of("0: frames 61, 6.0 s, tracks 1, in 1, out 1, longest 5.8"));
    // Believed in the third frame, which is at 2 s here and at 33 ms there.
    is(
        "slow",
        new ScriptedCamera("slow", 1).frames(10).end(),
        List.of("stays raised 5 at 5.0", "stays resolved 10 at 9.0"),
        List.of("0: frames 10, 9.0 s, tracks 1, in 1, out 1, longest 7.0"));
    is(
        "fast",
        new ScriptedCamera("fast", 60).frames(300).end(),
        List.of("stays raised 182 at 3.033333", "stays resolved 300 at 4.983333"),
        List.of("0: frames 300, 4.983 s, tracks 1, in 1, out 1, longest 4.95"));
  }

  /** Those that appear while the job runs, one of them with a scene of its own. */
  private void describeNewcomers() {
    is(
        "newcomer",
        camera("newcomer").frames(50).end(),
        List.of("stays raised 32 at 3.2", "stays resolved 50 at 4.9"),
        List.of("0: frames 50, 4.9 s, tracks 1, in 1, out 1, longest 4.7"));
    // Its middle is at the left until 4.0 s, and where everybody's is from there on: who stands
    // there comes in at 4.0 s, which is a stay from then on. From 8.0 s on it has none: who was in
    // it has left it, and what was raised is resolved.
    is(
        "own-scene",
        camera("own-scene").frames(91).end(),
        List.of("stays raised 70 at 7.0", "stays resolved 80 at 8.0"),
        List.of("0: frames 80, 8.0 s, tracks 1, in 1, out 1, longest 3.9"));
  }

  private void is(
      String camera, List<DetectionLine> lines, List<String> alerts, List<String> rows) {
    cases.put(camera, new Case(lines, alerts, rows));
  }

  @Test
  void saysWhatIsRightWhateverCamerasDoAndAgainWhenReplayed() throws Exception {
    describe();
    JobID job = submit("live", 2);
    cases.values().forEach(of -> kafka.publishLines(of.lines()));
    awaitEnds(cases.size());
    putScene(1, 0, "zones: [{name: middle, points: [[0, 0], [0.2, 0], [0.2, 1], [0, 1]]}]");
    putScene(2, 4, "zones: [{name: middle, points: [[0.4, 0], [0.6, 0], [0.6, 1], [0.4, 1]]}]");
    putScene(3, 8, "lines: []");
    putScene(4, 6, "zones: [{name: middle}]"); // cannot be read, and changes nothing
    kafka.flush();
    cluster.awaitCheckpoint(job); // no other sign says that the job has taken them in
    int first = cases.size();
    describeNewcomers();
    List.of("newcomer", "own-scene").forEach(of -> kafka.publishLines(cases.get(of).lines()));
    awaitEnds(first + 2);

    List<String> alerts = values(Topic.ALERTS);
    List<String> rows = values(Topic.ANALYTICS);
    cases.forEach(
        (camera, of) -> {
          assertThat(said(camera, alerts)).as(camera).containsExactlyElementsOf(of.alerts());
          assertThat(summed(camera, rows)).as(camera).containsExactlyElementsOf(of.rows());
        });

    JobID unused = submit("replay", 1);
    awaitEnds(2 * cases.size());
    assertTwice(alerts, values(Topic.ALERTS));
    assertTwice(rows, values(Topic.ANALYTICS));
  }

  private JobID submit(String name, int parallelism) throws Exception {
    String text =
        YAML.formatted(
            name,
            kafka.settings().bootstrap(),
            parallelism,
            directory.resolve("checkpoints").toUri());
    JobConfig config = YamlReader.parse(text, "test", JobConfig.class);
    return cluster.submit(config.run(), environment -> StreamJob.build(environment, config));
  }

  private void putScene(int revision, int fromSecond, String scene) {
    String key = "own-scene@" + revision;
    String text =
        "{camera: own-scene, revision: %d, effectiveFrom: \"%s\", scene: {%s}}"
            .formatted(revision, ScriptedCamera.START.plusSeconds(fromSecond), scene);
    Revision record = new Revision(CameraSpec.REVISIONS.topic().baseName(), key, text);
    kafka.send(
        new ProducerRecord<>(
            record.topic(), record.key().getBytes(UTF_8), record.text().getBytes(UTF_8)));
  }

  /** The ends are committed with the checkpoint that has flushed the alerts, too. */
  private void awaitEnds(int count) {
    AtomicInteger ends = new AtomicInteger();
    var unused =
        kafka.recordsUntil(
            Topic.TRACKS,
            text -> text.contains("\"ended\":true") && ends.incrementAndGet() == count);
  }

  private List<String> values(Topic topic) {
    return kafka.all(topic).stream().map(CameraBehaviourIT::text).toList();
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }

  private static void assertTwice(List<String> once, List<String> all) {
    List<String> expected = new ArrayList<>(once);
    expected.addAll(once);
    assertThat(all).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> said(String camera, List<String> alerts) {
    return alerts.stream()
        .map(CameraBehaviourIT::alert)
        .filter(alert -> alert.camera().equals(camera))
        .map(
            alert ->
                "%s %s %d at %s"
                    .formatted(
                        alert.rule().replace("@1", ""),
                        alert.state(),
                        alert.frame().sequence(),
                        seconds(alert)))
        .toList();
  }

  private static String seconds(Alert alert) {
    long micros = Duration.between(ScriptedCamera.START, alert.captureTime()).toNanos() / 1000;
    return String.valueOf(micros / 1e6);
  }

  private static Alert alert(String text) {
    try {
      return AlertCodec.read(text.getBytes(UTF_8));
    } catch (WireFormatException e) {
      throw new AssertionError(e);
    }
  }

  /** Of the zone in the middle. */
  private static List<String> summed(String camera, List<String> rows) {
    return rows.stream()
        .map(CameraBehaviourIT::row)
        .filter(row -> row.camera().equals(camera) && row.zone() != null)
        .map(
            row ->
                "%d: frames %d, %s s, tracks %d, in %d, out %d, longest %s"
                    .formatted(
                        Duration.between(ScriptedCamera.START, row.start()).toSeconds(),
                        row.frames(),
                        row.observedSeconds(),
                        row.tracks(),
                        row.entered(),
                        row.left(),
                        row.dwell().max()))
        .toList();
  }

  private static AnalyticsRow row(String text) {
    try {
      return AnalyticsRowCodec.read(text.getBytes(UTF_8));
    } catch (WireFormatException e) {
      throw new AssertionError(e);
    }
  }
}
