package io.alcedo.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.registry.ModelRegistry;
import io.alcedo.connectors.registry.Role;
import io.alcedo.connectors.wire.CropHeaders;
import io.alcedo.connectors.wire.EmbeddingHeaders;
import io.alcedo.connectors.wire.ModelEventCodec;
import io.alcedo.operators.continual.learn.ContinualConfig;
import io.alcedo.operators.continual.learn.ContinualLearner;
import io.alcedo.operators.continual.publish.CandidateExport;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyDetector;
import io.alcedo.operators.stream.fixture.TinyEncoder;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.SharedEngines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From frames and crops to vectors, through a real broker, cluster, registry and encoders. */
@Timeout(120)
class EmbedIT {
  private static final float TILT = 500;

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
            kafka: {bootstrap: %s}
            model: %s
            inference: {batch: 4, linger: 5ms}
            crops: {labels: [person], interval: 1s}
            encoder: {model: %s, batch: 8, linger: 5ms}
            registry: {store: "%s", cache: %s}
            run: {parallelism: 2, checkpointInterval: 300ms, checkpointDirectory: "%s", restartDelay: 100ms}
            """
                .formatted(
                    kafka.settings().bootstrap(),
                    TinyDetector.write(directory.resolve("model")),
                    TinyEncoder.write(directory.resolve("encoder"), 0),
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
  void everyTrackGivesACropASecondAndEveryCropAVectorThoughTheTaskManagerIsLost() throws Exception {
    submit(PipelineJob::build);
    kafka.publish(frames(0, 40));
    var unused = crops(3);
    cluster.loseTaskManager();
    kafka.publish(frames(40, 80));
    kafka.publish(List.of(Frames.record(Kind.END, Frames.GATE, 80, new byte[0])));

    // Confirmed with frame 2; intervals begin with 2, 12, 22, ... 72.
    List<Crop> crops = crops(8);
    List<Embedding> vectors = embeddings(8);

    assertThat(crops).extracting(Crop::id).doesNotHaveDuplicates().hasSize(8);
    assertThat(crops).extracting(Crop::track).containsOnly("gate/" + Frames.SESSION + "/0#0");
    assertThat(crops.get(0).box()).isEqualTo(new Box(32, 24, 64, 48));
    assertThat(vectors)
        .extracting(Embedding::id)
        .containsExactlyInAnyOrderElementsOf(crops.stream().map(Crop::id).toList());
    assertThat(vectors).allSatisfy(vector -> assertThat(vector.encoder()).startsWith("direction@"));
  }

  @Test
  void anEncoderThatIsDeployedTakesOverUnderLoadAndADamagedOneDoesNot() throws Exception {
    submit(EmbedJob::build);
    ModelRegistry registry = config.encoderOptions().registry().open();
    String better = publish(registry, TILT);
    String damaged = publish(registry, 2 * TILT);
    Files.writeString(
        directory.resolve("registry/weights").resolve(sha256(directory, 2 * TILT)), "damaged");
    int sent = send(0, 200);
    List<Embedding> first = embeddings(sent);
    deploy(registry, damaged);
    sent = send(sent, 200);
    List<Embedding> second = embeddings(sent);
    deploy(registry, better);
    while (encoders(embeddings(sent)).size() < 2) {
      sent = send(sent, 100);
    }

    List<Embedding> all = embeddings(sent);

    assertThat(first.size() + second.size()).isPositive();
    assertThat(all).extracting(Embedding::id).doesNotHaveDuplicates().hasSize(sent);
    assertThat(encoders(all))
        .as("in the order in which they served")
        .hasSize(2)
        .last()
        .isEqualTo(better);
    for (Embedding embedding : all) {
      assertThat(embedding.vector()[0] > 0.8).isEqualTo(embedding.encoder().equals(better));
    }
    List<ModelEvent> events = events(4);
    assertThat(events.stream().filter(event -> event.kind() == ModelEvent.Kind.REFUSED))
        .allSatisfy(
            event -> {
              assertThat(event.version()).isEqualTo(damaged);
              assertThat(event.message()).contains("damaged or was replaced", "goes on with");
            })
        .hasSize(2);
    assertThat(events.stream().filter(event -> event.kind() == ModelEvent.Kind.TAKEN_OVER))
        .extracting(ModelEvent::version)
        .containsExactly(better, better);
  }

  @Tag("full")
  @Test
  void anEncoderWithVectorsOfAnotherSizeDoesNotTakeOver() throws Exception {
    submit(EmbedJob::build);
    ModelRegistry registry = config.encoderOptions().registry().open();
    int sent = send(0, 50);
    String serving = embeddings(sent).get(0).encoder();
    String larger = publishLarger(registry);
    deploy(registry, larger);
    List<ModelEvent> events = events(2);
    sent = send(sent, 50);

    assertThat(encoders(embeddings(sent))).containsExactly(serving);
    assertThat(events)
        .as("of every subtask")
        .allSatisfy(
            event -> {
              assertThat(event.kind()).isEqualTo(ModelEvent.Kind.REFUSED);
              assertThat(event.message())
                  .endsWith(
                      "goes on with %s: %s gives vectors of 128 dimensions, %s those of 3"
                          .formatted(serving, larger, serving));
            });
  }

  private String publishLarger(ModelRegistry registry) throws IOException {
    ContinualConfig learner =
        YamlReader.parse(
            "network: {depth: 10, width: 0.25, norm: group, canvasWidth: 32, canvasHeight: 64}",
            "test",
            ContinualConfig.class);
    Path folder = directory.resolve("larger");
    try (ContinualLearner beginning = new ContinualLearner(learner)) {
      var unused = CandidateExport.of(learner).write(beginning.candidate(), Map.of(), folder);
    }
    ModelDirectory model = ModelDirectory.open(folder);
    registry.publish(model.manifest(), model.weights());
    return model.manifest().version();
  }

  @Test
  void cropsThatAreNoPicturesAreDeadLetters() throws Exception {
    submit(EmbedJob::build);
    sendCrop(0, Frames.TEXT);
    sendCrop(1, new byte[0]);
    sendCrop(2, Frames.jpeg(1, 1, 128));

    assertThat(embeddings(1)).hasSize(1);
    List<ConsumerRecord<byte[], byte[]>> letters = kafka.records(Topic.DEAD_LETTERS, 2);
    assertThat(letters)
        .extracting(
            letter ->
                new String(letter.headers().lastHeader("reason").value(), StandardCharsets.UTF_8))
        .anyMatch(reason -> reason.contains("not a JPEG"))
        .anyMatch(reason -> reason.contains("zero bytes"));
  }

  private interface Job {
    void build(StreamExecutionEnvironment environment, JobConfig config);
  }

  private void submit(Job job) throws Exception {
    var unused = cluster.submit(config.run(), environment -> job.build(environment, config));
  }

  private String publish(ModelRegistry registry, float tilt) throws Exception {
    ModelDirectory model =
        ModelDirectory.open(TinyEncoder.write(directory.resolve("tilt" + tilt), tilt));
    registry.publish(model.manifest(), model.weights());
    return model.manifest().version();
  }

  private static String sha256(Path directory, float tilt) {
    return ModelDirectory.sha256(directory.resolve("tilt" + tilt).resolve("encoder.onnx"));
  }

  private static void deploy(ModelRegistry registry, String version) throws Exception {
    var unused =
        registry.deploy(
            Role.ENCODER, new Turn(version, Clock.systemUTC().instant(), "test", "to see"));
  }

  private int send(int from, int count) {
    for (int i = from; i < from + count; i++) {
      sendCrop(i, Frames.BRIGHT);
    }
    return from + count;
  }

  private void sendCrop(int index, byte[] jpeg) {
    CameraRecord frame = Frames.frame(Frames.GATE, index, jpeg);
    Crop crop =
        new Crop(
            frame.id().objectId(0),
            frame.id(),
            frame.id().objectId(0),
            "person",
            0.9,
            new Box(0, 0, 10, 10),
            null,
            null,
            frame.captureTime(),
            frame.published(),
            jpeg);
    ProducerRecord<byte[], byte[]> record = CropHeaders.toRecord("crops", crop);
    kafka.send(record);
  }

  private static List<CameraRecord> frames(int from, int to) {
    List<CameraRecord> frames = new ArrayList<>();
    for (int i = from; i < to; i++) {
      frames.add(Frames.frame(Frames.GATE, i, Frames.BRIGHT));
    }
    return frames;
  }

  private List<Crop> crops(int count) throws Exception {
    List<Crop> crops = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.records(Topic.CROPS, count)) {
      crops.add(CropHeaders.parse(record));
    }
    return crops;
  }

  private List<Embedding> embeddings(int count) throws Exception {
    List<Embedding> embeddings = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.records(Topic.EMBEDDINGS, count)) {
      embeddings.add(EmbeddingHeaders.parse(record));
    }
    return embeddings;
  }

  private List<ModelEvent> events(int count) throws Exception {
    List<ModelEvent> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.records(Topic.MODEL_EVENTS, count)) {
      events.add(ModelEventCodec.read(record.value()));
    }
    return events;
  }

  private static Set<String> encoders(List<Embedding> embeddings) {
    Set<String> encoders = new LinkedHashSet<>();
    embeddings.forEach(embedding -> encoders.add(embedding.encoder()));
    return encoders;
  }
}
