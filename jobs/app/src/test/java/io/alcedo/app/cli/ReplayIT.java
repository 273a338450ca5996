package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.app.local.Accounting;
import io.alcedo.app.local.LocalRun;
import io.alcedo.app.local.LocalRunPlan;
import io.alcedo.app.local.PipelineConfig;
import io.alcedo.app.local.RunListener;
import io.alcedo.connectors.camera.CameraStatus;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.operators.stream.fixture.TinyDetector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run on a cluster, said again from its topics and from its file. */
@Tag("full")
@Timeout(240)
class ReplayIT {
  private static final List<String> FILES = List.of("alerts.jsonl", "analytics.jsonl");

  @TempDir private static Path folder;
  private static EmbeddedKafka kafka;
  private static Path config;
  private static Path live;

  private static final class Silence implements RunListener {
    @Override
    public void progress(List<CameraStatus> cameras, Accounting accounting) {}

    @Override
    public void alert(Alert alert) {}
  }

  @BeforeAll
  static void run() throws Exception {
    kafka = EmbeddedKafka.start();
    TinyDetector.write(folder.resolve("tiny"));
    live = folder.resolve("live");
    config =
        Files.writeString(
            folder.resolve("pipeline.yaml"),
            """
            kafka: {bootstrap: "%s"}
            model: tiny
            cameras:
              - {id: plaza, address: "sim://plaza?size=128x96&fps=10&duration=5s", startTime: 2026-11-23T15:00:00Z}
              - {id: street, address: "sim://street?size=128x96&fps=10&duration=5s", startTime: 2026-11-23T15:00:00Z}
            tracker: {minScore: 0.05, highScore: 0.05, openScore: 0.05, confirmScore: 0.05}
            scenes:
              - zones: [{name: all, points: [[0, 0], [1, 0], [1, 1], [0, 1]]}]
            rules:
              - {id: anybody, when: {type: dwells, zone: all, for: 1s, minScore: 0.05}, cooldown: 5s}
            analytics: {windows: [{size: 1s}], minScore: 0.05}
            """
                .formatted(kafka.bootstrap()));
    PipelineConfig pipeline = YamlReader.read(config, PipelineConfig.class);
    LocalRunPlan plan = LocalRunPlan.of(pipeline, folder, List.of(), null, live);
    assertThat(new LocalRun(plan).run(new Silence()).isBalanced()).isTrue();
    assertThat(Files.readAllLines(live.resolve("alerts.jsonl"))).hasSizeGreaterThan(2);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void saysFromTheFileWhatTheRunSaid() throws IOException {
    CommandLineRun one = replay("one", "--detections", detections(), "--parallelism", "1");
    assertThat(one.out()).contains("100 of them of frames, of 2 cameras").contains("Written to");
    assertThat(one.out()).doesNotContain("sessions go on");
    replay("four", "--detections", detections(), "--parallelism", "4");
    for (String file : FILES) {
      assertThat(lines("one", file)).isEqualTo(byCamera(live.resolve(file)));
    }
    for (String file : List.of("alerts.jsonl", "analytics.jsonl", "tracks.jsonl")) {
      assertThat(folder.resolve("four").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
    }
    assertThat(lines("one", "tracks.jsonl")).hasSize(100);
  }

  @Tag("full")
  @Test
  void saysFromTheClusterWhatTheRunSaidFromFramesToo() throws IOException {
    String[] range = {"--from", "2026-11-23T15:00:00Z", "--to", "2026-11-23T16:00:00Z"};
    CommandLineRun again = replay("again", range);
    replay("seen-again", "--frames", range[0], range[1], range[2], range[3]);

    assertThat(again.out()).contains("topics replay-again-… of Kafka at " + kafka.bootstrap());
    for (String file : FILES) {
      assertThat(lines("again", file)).isEqualTo(byCamera(live.resolve(file)));
      assertThat(lines("seen-again", file)).isEqualTo(byCamera(live.resolve(file)));
    }
    assertThat(lines("seen-again", "detections.jsonl")).isEqualTo(byCamera(live("detections")));
    assertThat(
            refused(
                "--config",
                config.toString(),
                "--name",
                "again",
                range[0],
                range[1],
                range[2],
                range[3]))
        .contains("replay-again-", "has the results of an earlier replay 'again'");
  }

  @Test
  void otherRulesTakeThePlaceOfTheRecordedOnes() throws IOException {
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"),
            "rules: [{id: soon, when: {type: dwells, zone: all, for: 500ms, minScore: 0.05}}]");
    replay("soon", "--detections", detections(), "--rules", rules.toString());

    assertThat(lines("soon", "alerts.jsonl"))
        .isNotEmpty()
        .allMatch(line -> line.contains("\"rule\":\"soon@1\""));
    assertThat(lines("soon", "analytics.jsonl"))
        .isEqualTo(byCamera(live.resolve("analytics.jsonl")));
  }

  @Test
  void takesOnlyWhatWasCapturedInBetween() throws IOException {
    CommandLineRun part =
        replay(
            "part",
            "--detections",
            detections(),
            "--from",
            "2026-11-23T15:00:01Z",
            "--to",
            "2026-11-23T15:00:03Z");
    assertThat(part.out()).contains("40 of them of frames", "2 of 2 sessions go on behind the end");
    assertThat(lines("part", "tracks.jsonl"))
        .hasSize(40)
        .allMatch(line -> line.contains("\"captureTime\":\"2026-11-23T15:00:0"));
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    String file = detections();
    String pipeline = config.toString();
    assertThat(refused()).contains("--config FILE", "--detections FILE");
    assertThat(refused("--detections", file)).contains("--rules FILE");
    assertThat(refused("--config", pipeline)).contains("--from TIME and --to TIME");
    assertThat(refused("--config", pipeline, "--from", "noon")).contains("'noon' is no time such");
    assertThat(
            refused(
                "--config",
                pipeline,
                "--detections",
                file,
                "--from",
                "2026-11-23T16:00:00Z",
                "--to",
                "2026-11-23T15:00:00Z"))
        .contains("from must be before to");
    assertThat(
            refused(
                "--config",
                pipeline,
                "--from",
                "2027-01-01T00:00:00Z",
                "--to",
                "2027-01-02T00:00:00Z"))
        .contains("nothing in topic detections was captured from 2027-01-01T00:00:00Z");
    Path rules = Files.writeString(folder.resolve("wrong.yaml"), "rules: []\nrulse: []\n");
    assertThat(refused("--detections", file, "--rules", rules.toString()))
        .contains("wrong.yaml", "rulse");
  }

  @Test
  void saysWhichLineIsDamaged() throws IOException {
    Path damaged = Files.copy(live("detections"), folder.resolve("damaged.jsonl"));
    Files.writeString(damaged, "{\"v\":1", StandardOpenOption.APPEND);
    int last = Files.readAllLines(damaged).size();
    String pipeline = config.toString();
    assertThat(refused("--config", pipeline, "--detections", damaged.toString()))
        .contains("damaged.jsonl line " + last + ":");
    assertThat(
            refused(
                "--config",
                pipeline,
                "--detections",
                detections(),
                "--from",
                "2027-01-01T00:00:00Z"))
        .contains("no line was captured from 2027", "its lines are of 2026-11-23T15:00:00Z to");
    assertThat(refused("--config", pipeline, "--detections", folder.resolve("none").toString()))
        .contains("cannot be read");
  }

  private static CommandLineRun replay(String name, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "replay",
                "--config",
                config.toString(),
                "--name",
                name,
                "--output",
                folder.resolve(name).toString()));
    all.addAll(List.of(arguments));
    CommandLineRun run = CommandLineRun.of(all.toArray(String[]::new));
    assertThat(run.code()).as(run.error()).isZero();
    return run;
  }

  private static String refused(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("replay", "--output", folder.resolve("refused").toString()));
    all.addAll(List.of(arguments));
    CommandLineRun run = CommandLineRun.of(all.toArray(String[]::new));
    assertThat(run.code()).as(run.error()).isEqualTo(2);
    return run.error();
  }

  private static String detections() {
    return live("detections").toString();
  }

  private static Path live(String topic) {
    return live.resolve(topic + ".jsonl");
  }

  private static List<String> lines(String name, String file) throws IOException {
    return Files.readAllLines(folder.resolve(name).resolve(file), StandardCharsets.UTF_8);
  }

  /** A run's lines come from several partitions, as they come. */
  private static List<String> byCamera(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
        .sorted(Comparator.comparing(line -> line.contains("\"camera\":\"street\"")))
        .toList();
  }
}
