package io.alcedo.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.app.cli.Alcedo;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.camera.CameraStatus;
import io.alcedo.connectors.camera.CameraStatus.State;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.event.ModelEvent.Kind;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.operators.stream.fixture.TinyClassifier;
import io.alcedo.operators.stream.fixture.TinyDetector;
import io.alcedo.operators.stream.fixture.TinyEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FrameGrabber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole local run with a tiny detector: broker, cluster, cameras, files that come out. */
@Timeout(180)
class LocalRunIT {
  private static final String RULES =
      """
      tracker: {minScore: 0.05, highScore: 0.05, openScore: 0.05, confirmScore: 0.05}
      scenes:
        - zones: [{name: all, points: [[0, 0], [1, 0], [1, 1], [0, 1]]}]
      rules:
        - id: anybody
          when: {type: dwells, labels: person, zone: all, for: 1s, minScore: 0.05}
          cooldown: 5s
      """;

  private static final String TEN_CAMERAS =
      IntStream.range(0, 10)
          .mapToObj(
              seed ->
                  "  - {id: plaza-%d, address: \"sim://plaza?seed=%d&size=128x96&fps=5&duration=6s\"}\n"
                      .formatted(seed, seed))
          .collect(Collectors.joining("", "cameras:\n", ""));

  private static final String LIVE = "sim://plaza?size=128x96&fps=10";

  @TempDir Path directory;
  private Path model;
  private Path output;
  private final Recorder recorder = new Recorder();

  private static final class Recorder implements RunListener {
    private final List<Alert> alerts = new ArrayList<>();
    private final List<ModelEvent> events = new ArrayList<>();
    private List<CameraStatus> cameras = List.of();

    @Override
    public void progress(List<CameraStatus> current, Accounting accounting) {
      cameras = current;
    }

    @Override
    public void alert(Alert alert) {
      alerts.add(alert);
    }

    @Override
    public void modelEvent(ModelEvent event) {
      events.add(event);
    }
  }

  @BeforeEach
  void write() {
    model = TinyDetector.write(directory.resolve("tiny"));
    TinyClassifier.write(directory.resolve("colour"));
    TinyEncoder.write(directory.resolve("encoder"), 0);
    output = directory.resolve("out");
  }

  @Test
  void writesALineForEveryFrameOfABoundedRun() throws Exception {
    Accounting accounting =
        run(
            """
            cameras:
              - {id: plaza, address: "sim://plaza?size=128x96&fps=10&duration=3s"}
            classifier: {model: colour, on: frame}
            """);
    assertThat(accounting.published()).isEqualTo(30);
    assertThat(accounting.lines(LineStatus.OK)).isEqualTo(30);
    assertThat(accounting.isBalanced()).isTrue();
    assertThat(Files.readAllLines(output.resolve("detections.jsonl")))
        .as("its end is there for replays")
        .anyMatch(line -> line.contains("\"ended\":true"))
        .filteredOn(line -> line.contains("\"frame\":"))
        .hasSize(30)
        .allMatch(line -> line.contains("\"attributes\":[{\"name\":\"colour\",\"label\":"));
    assertThat(Files.readAllLines(output.resolve("alerts.jsonl")))
        .hasSize(recorder.alerts.size())
        .isNotEmpty();
    assertThat(recorder.alerts.get(0).message()).contains("person in all for");
    assertThat(Files.readAllLines(output.resolve("tracks.jsonl")))
        .hasSize(30)
        .filteredOn(line -> line.contains("\"state\":\"confirmed\""))
        .hasSize(28);
    assertThat(Files.readAllLines(output.resolve("analytics.jsonl")))
        .hasSize(2)
        .anyMatch(line -> line.contains("\"zone\":\"all\",\"label\":\"person\""))
        .allMatch(line -> line.contains("\"frames\":30,"));
    assertThat(output.resolve("heat.png")).isNotEmptyFile();
    assertThat(frames(output.resolve("annotated.mp4"))).isEqualTo(30);
  }

  @Tag("full")
  @Test
  void writesAVectorForEveryCropThoughTheyComeAfterTheLines() throws Exception {
    Accounting accounting =
        run(
            """
            cameras:
              - {id: plaza, address: "sim://plaza?size=128x96&fps=10&duration=3s"}
              - {id: street, address: "sim://street?size=128x96&fps=10&duration=3s"}
            encoder: {model: encoder, linger: 5s}
            """);

    assertThat(accounting.isBalanced()).isTrue();
    assertThat(accounting.crops()).as("of each camera one in every second").isEqualTo(6);
    assertThat(accounting.embedded()).isEqualTo(6);
    assertThat(accounting.summary().get(1)).isEqualTo("crops 6 = embedded 6 + dead 0");
    assertThat(Files.readAllLines(output.resolve("embeddings.jsonl")))
        .hasSize(6)
        .allMatch(line -> line.contains("\"encoder\":\"direction@"))
        .anyMatch(line -> line.contains("\"camera\":\"plaza\",\"track\":\"plaza/"))
        .anyMatch(line -> line.contains("\"camera\":\"street\",\"track\":\"street/"));
  }

  @Tag("full")
  @Test
  void aLearnerRunsBesideThePipelineAndHandsEncodersOver() throws Exception {
    Accounting accounting =
        run(
            TEN_CAMERAS
                + """
                registry: {store: "%s", cache: %s}
                learner:
                  network: {depth: 10, width: 0.25, norm: group, head: {kind: mlp, dim: 16}, canvasWidth: 32, canvasHeight: 64}
                  contrast: {queue: 32, momentum: 0.99}
                  memory: {capacity: 64}
                  pace: {updates: 1, arrivals: 2, batchSize: 4}
                  intake: {leastDifference: 0}
                  publishing: {every: 5, oneTrackIn: 2, leastQueries: 1, leastSpread: 0, mayLose: 1}
                """
                    .formatted(directory.resolve("registry").toUri(), directory.resolve("cache")));

    assertThat(accounting.isBalanced()).isTrue();
    assertThat(accounting.embedded()).isEqualTo(accounting.crops()).isGreaterThan(40);
    assertThat(accounting.encoders()).isPositive();
    assertThat(recorder.events.get(0).message())
        .as("of the embed stage")
        .contains("serves with it");
    assertThat(accounting.events(Kind.PUBLISHED)).isPositive();
    assertThat(accounting.events(Kind.REFUSED)).isZero();
    assertThat(Files.readAllLines(output.resolve("model-events.jsonl")))
        .hasSize(recorder.events.size())
        .anyMatch(line -> line.contains("\"kind\":\"published\",\"role\":\"encoder\""));
    ModelEvent first =
        recorder.events.stream()
            .filter(event -> event.kind() == Kind.PUBLISHED)
            .findFirst()
            .orElseThrow();
    assertThat(first.message())
        .as("the learner's own first weights, which serve until then")
        .contains("against " + recorder.events.get(0).version());
  }

  @Test
  void refusesALearnerThatCouldNotTakeOver() {
    assertThatThrownBy(
            () ->
                run(
                    """
                    cameras: [{id: plaza, address: "sim://plaza?duration=1s"}]
                    encoder: {model: encoder, linger: 5s}
                    registry: {store: "file:///nowhere"}
                    learner: {network: {depth: 10, norm: group, head: {kind: mlp}}}
                    """))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("learner.network gives vectors of 512 dimensions, encoder direction@")
        .hasMessageContaining("those of 3");
  }

  @Tag("full")
  @Test
  void endsLiveCamerasWhenTheTimeIsUpAndAccountsForTheirFrames() throws Exception {
    Accounting accounting =
        run(
            """
            duration: 8s
            cameras:
              - {id: plaza, address: "sim://plaza?size=128x96&fps=20"}
              - {id: street, address: "sim://street?size=128x96&fps=20"}
            """);
    assertThat(accounting.isBalanced()).isTrue();
    assertThat(accounting.published()).isPositive();
    assertThat(recorder.cameras).hasSize(2);
    assertThat(output.resolve("annotated-plaza.mp4")).exists();
    assertThat(output.resolve("annotated-street.mp4")).exists();
  }

  /**
   * One camera comes, the first one goes, and the second one gets another address, by revisions
   * that are put on the run's own broker.
   */
  @Tag("full")
  @Test
  void camerasComeAndGoWhileItRuns() throws Exception {
    LocalRun run = new LocalRun(plan("cameras: [{id: plaza, address: \"%s\"}]\n".formatted(LIVE)));
    Changes changes = new Changes(run);
    Accounting accounting = run.run(changes);

    assertThat(changes.said)
        .satisfiesExactlyInAnyOrder(
            said -> assertThat(said).isEqualTo("street is started: " + LIVE),
            said -> assertThat(said).isEqualTo("plaza is removed"),
            said -> assertThat(said).startsWith("gone is left as it is: ").contains("moon"),
            said -> assertThat(said).isEqualTo("street is started: " + LIVE + "&seed=2"));
    assertThat(accounting.isBalanced()).isTrue();
    assertThat(changes.endedBefore).as("ended by what was put, not by the end").isEqualTo(2);
    assertThat(accounting.lines(LineStatus.END)).isEqualTo(3);
    assertThat(accounting.published())
        .isEqualTo(changes.cameras.stream().mapToLong(CameraStatus::published).sum());
    assertThat(changes.cameras).extracting(CameraStatus::state).containsOnly(State.ENDED);
    List<String> lines = Files.readAllLines(output.resolve("detections.jsonl"));
    for (CameraStatus camera : changes.cameras) {
      assertThat(lines)
          .filteredOn(line -> line.contains("\"frame\":") && line.contains(camera.session()))
          .hasSize((int) camera.published())
          .isNotEmpty();
    }
    assertThat(output.resolve("annotated.mp4")).exists();
    assertThat(output.resolve("annotated-street.mp4")).exists();
  }

  /** Makes the next change as soon as the one before has shown. */
  private final class Changes implements RunListener {
    private final LocalRun run;
    private final List<String> said = new ArrayList<>();
    private List<CameraStatus> cameras = List.of();
    private String bootstrap;
    private int made;
    private long endedBefore;

    Changes(LocalRun run) {
      this.run = run;
    }

    @Override
    public void broker(String at) {
      bootstrap = at;
    }

    @Override
    public void camera(String camera, String what) {
      said.add(camera + " " + what);
    }

    @Override
    public void alert(Alert alert) {}

    @Override
    public void progress(List<CameraStatus> current, Accounting accounting) {
      cameras = current;
      boolean hasShown = current.size() == made + 1 && current.get(made).published() >= 5;
      if (hasShown) {
        made++;
        change();
      }
    }

    private void change() {
      if (made == 1) {
        put("{camera: street, address: \"%s\"}".formatted(LIVE));
      } else if (made == 2) {
        put("{camera: plaza, enabled: false}");
        send("gone@1", "{camera: gone, address: \"sim://moon\"}");
        send("bad@1", "{camera: bad");
        put("{camera: street, address: \"%s&seed=2\"}".formatted(LIVE));
      } else {
        endedBefore = cameras.stream().filter(of -> of.state() == State.ENDED).count();
        run.stop();
      }
    }

    private void put(String yaml) {
      try {
        String file = Files.writeString(directory.resolve("camera.yaml"), yaml).toString();
        assertThat(Alcedo.commandLine().execute("cameras", "put", "--kafka", bootstrap, file))
            .isZero();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What the command refuses, somebody else may write. */
    private void send(String key, String text) {
      Properties settings = KafkaSettings.at(bootstrap).producer();
      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
        var unused = producer.send(new ProducerRecord<>("cameras", key, text));
      }
    }
  }

  /** Flink's checkpoints in memory end at 5 MB. */
  @Tag("full")
  @Test
  void holdsMoreFramesInFlightThanFitIntoMemoryCheckpoints() throws Exception {
    Accounting accounting =
        run(
            """
            inference: {batch: 256, linger: 5s, capacity: 300}
            cameras:
              - {id: plaza, address: "sim://plaza?size=640x480&fps=10&duration=12s"}
            """);
    assertThat(accounting.lines(LineStatus.OK)).isEqualTo(120);
  }

  @Test
  void saysThatAClassifierIsNoDetector() {
    model = directory.resolve("colour");
    assertThatThrownBy(() -> run("videos: [none.mp4]\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its manifest says task CLASSIFICATION, expected DETECTION");
  }

  @Tag("full")
  @Test
  void refusesACameraThatDoesNotAnswer() {
    assertThatThrownBy(() -> run("cameras: [{id: gate, address: \"rtsp://127.0.0.1:1/stream\"}]\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("rtsp://127.0.0.1:1/stream");
  }

  @Test
  void refusesAStoreThatNoFileSystemIsFor() {
    String camera = "cameras: [{id: plaza, address: \"sim://plaza?duration=1s\"}]\n";
    assertThatThrownBy(() -> run(camera + "index: {crops: {store: \"s3://bucket/crops\"}}\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "index.crops.store is 's3://bucket/crops', but no file system for s3");
    assertThatThrownBy(
            () -> run(camera + "delivery: {snapshots: {store: \"s3://bucket/snapshots\"}}\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("delivery.snapshots.store is 's3://bucket/snapshots'");
  }

  private Accounting run(String cameras) throws Exception {
    return new LocalRun(plan(cameras)).run(recorder);
  }

  private LocalRunPlan plan(String cameras) {
    PipelineConfig config = YamlReader.parse(cameras + RULES, "test", PipelineConfig.class);
    return LocalRunPlan.of(config, directory, List.of(), model, output);
  }

  private static int frames(Path video) throws IOException {
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(video.toFile())) {
      grabber.start();
      int count = 0;
      while (grabber.grabImage() != null) {
        count++;
      }
      return count;
    } catch (FrameGrabber.Exception e) {
      throw new IOException(e);
    }
  }
}
