package io.alcedo.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.registry.Deployment;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.registry.ModelRegistry;
import io.alcedo.connectors.registry.Role;
import io.alcedo.connectors.wire.CropHeaders;
import io.alcedo.connectors.wire.ModelEventCodec;
import io.alcedo.operators.continual.learn.ContinualConfig;
import io.alcedo.operators.continual.learn.ContinualLearner;
import io.alcedo.operators.continual.publish.CandidateExport;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.inference.ModelDirectory;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Learning in the stream through a real broker, cluster, libtorch and registry. */
@Timeout(180)
class ContinualMocoIT {
  private static final Set<Topic> TOPICS =
      EnumSet.of(
          Topic.CROPS, Topic.MODELS, Topic.DEPLOYMENTS, Topic.MODEL_EVENTS, Topic.DEAD_LETTERS);

  @TempDir Path directory;
  private KafkaFixture kafka;
  private TestCluster cluster;
  private ContinualMocoConfig config;
  private JobID job;

  @BeforeEach
  void start() throws Exception {
    kafka = new KafkaFixture(2, TOPICS);
    cluster = new TestCluster();
    config = config("alcedo", kafka);
  }

  private ContinualMocoConfig config(String name, KafkaFixture broker) {
    return YamlReader.parse(
        """
        name: %s
        kafka: {bootstrap: %s}
        registry: {store: "%s", cache: %s}
        run: {checkpointInterval: 300ms, checkpointDirectory: "%s", restartDelay: 100ms}
        learner:
          network: {depth: 10, width: 0.25, norm: group, head: {kind: mlp, dim: 16}, canvasWidth: 32, canvasHeight: 64}
          contrast: {queue: 32, momentum: 0.99, temperature: 0.2}
          augmentation: {leastArea: 0.5, jitterShare: 0, grey: 0, blur: [0, 0]}
          optimizer: {rate: 0.01}
          memory: {capacity: 64}
          pace: {updates: 1, arrivals: 4, batchSize: 8}
          intake: {leastDifference: 1}
          publishing: {every: 20, oneTrackIn: 3, leastQueries: 4, leastSpread: 0, mayLose: 1}
        """
            .formatted(
                name,
                broker.settings().bootstrap(),
                directory.resolve("registry-" + name).toUri(),
                directory.resolve("cache"),
                directory.resolve("checkpoints-" + name).toUri()),
        "test",
        ContinualMocoConfig.class);
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
    kafka.close();
  }

  @Test
  void anEncoderIsLearnedPublishedAndDeployedThoughTheTaskManagerIsLost() throws Exception {
    submit(config);
    send(0, 160);
    List<ModelEvent> first = events(1);
    cluster.loseTaskManager();
    send(160, 330);
    var unused = events(2); // a candidate is left out while another is being tried
    send(330, 500);
    List<ModelEvent> events = events(3);

    assertThat(first.get(0).kind()).isEqualTo(ModelEvent.Kind.PUBLISHED);
    assertThat(events)
        .extracting(ModelEvent::message)
        .satisfiesExactly(
            message -> assertThat(message).startsWith("after 20 updates, against appearance@"),
            message -> assertThat(message).startsWith("after 40 updates, against appearance@"),
            message -> assertThat(message).startsWith("after 60 updates, against appearance@"));
    assertThat(events.get(0).figures())
        .containsKeys("recall", "servingRecall", "spread", "drift", "queries");
    ModelRegistry registry = registry();
    Deployment deployed = awaitDeployment(registry, events.get(2).version());
    assertThat(deployed.past()).hasSizeLessThanOrEqualTo(2);
    Path fetched = registry.fetch(deployed.current().version(), directory.resolve("fetched"));
    assertThat(ModelDirectory.open(fetched).manifest().provenance()).containsEntry("updates", "60");
  }

  @Test
  void aLearnerThatWasLostBecomesTheOneThatWasNot() throws Exception {
    submit(config);
    send(0, 180);
    String whole = events(1).get(0).version();
    cluster.close();
    kafka.close();

    kafka = new KafkaFixture(2, TOPICS);
    cluster = new TestCluster();
    config = config("other", kafka);
    submit(config);
    send(0, 90);
    cluster.awaitCheckpoint(job);
    cluster.loseTaskManager();
    send(90, 180);

    assertThat(events(1).get(0).version())
        .as("the SHA-256 of the weights after 20 updates")
        .isEqualTo(whole);
  }

  @Tag("full")
  @Test
  void aCandidateIsJudgedAgainstWhatIsDeployedAtThatTime() throws Exception {
    ModelRegistry registry = registry();
    String theirs = publishAnother(registry);
    promote(registry, theirs);
    submit(config);
    send(0, 160);
    ModelEvent first = events(1).get(0);
    awaitDeployment(registry, first.version());
    send(160, 330);
    ModelEvent second = events(2).get(1);
    awaitDeployment(registry, second.version());
    promote(registry, theirs);
    send(330, 500);
    ModelEvent third = events(3).get(2);

    assertThat(first.message()).startsWith("after 20 updates, against " + theirs);
    assertThat(second.message()).startsWith("after 40 updates, against " + first.version());
    assertThat(third.message()).startsWith("after 60 updates, against " + theirs);
  }

  @Tag("full")
  @Test
  void whatWasDecidedWhileTheStoreWasAwayIsDeployedWhenItIsBackThoughTheTaskManagerIsLost()
      throws Exception {
    Path store = Files.writeString(directory.resolve("registry-alcedo"), "where its folder was");
    submit(config);
    send(0, 150);
    ModelEvent decided = events(1).get(0);
    cluster.awaitCheckpoint(job);
    cluster.awaitCheckpoint(job);
    assertThat(registry().versions()).isEmpty();
    assertThat(cluster.restarts(job)).as("for want of a store").isZero();
    cluster.loseTaskManager();
    cluster.awaitCheckpoint(job);
    Files.delete(store);

    Deployment deployed = awaitDeployment(registry(), decided.version());
    assertThat(deployed.past()).isEmpty();
    Path fetched = registry().fetch(decided.version(), directory.resolve("fetched"));
    assertThat(ModelDirectory.open(fetched).manifest().provenance())
        .containsEntry("updates", "20")
        .containsKeys("recall", "judgedAgainst");
  }

  /** Somebody else's encoder of the same size. */
  private String publishAnother(ModelRegistry registry) throws IOException {
    ContinualConfig network = config.learner().config();
    Path folder = directory.resolve("another");
    try (ContinualLearner learner = new ContinualLearner(network)) {
      var unused =
          new CandidateExport(network.network(), "theirs")
              .write(learner.candidate(), Map.of(), folder);
    }
    ModelDirectory model = ModelDirectory.open(folder);
    registry.publish(model.manifest(), model.weights());
    return model.manifest().version();
  }

  private static void promote(ModelRegistry registry, String version) throws IOException {
    var unused =
        registry.deploy(
            Role.ENCODER, new Turn(version, Clock.systemUTC().instant(), "ann", "by hand"));
  }

  private void submit(ContinualMocoConfig parsed) throws Exception {
    job = cluster.submit(parsed.run(), environment -> ContinualMocoJob.build(environment, parsed));
  }

  private ModelRegistry registry() {
    return config.registry().settings(config.kafka()).open();
  }

  private static Deployment awaitDeployment(ModelRegistry registry, String version)
      throws InterruptedException {
    while (true) {
      Optional<Deployment> now = registry.deployment(Role.ENCODER);
      if (now.isPresent() && now.get().current().version().equals(version)) {
        return now.get();
      }
      Thread.sleep(100);
    }
  }

  private void send(int from, int to) {
    for (int i = from; i < to; i++) {
      kafka.send(CropHeaders.toRecord("crops", crop(i)));
    }
  }

  /** One of twelve people, who wears two colours and stands elsewhere each time. */
  private static Crop crop(int index) {
    int person = index % 12;
    Random clothes = new Random(person);
    Color upper = new Color(clothes.nextInt(1 << 24));
    Color lower = new Color(clothes.nextInt(1 << 24));
    Random place = new Random(index);
    List<Color> stripes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      stripes.add(i < 2 + place.nextInt(4) ? upper : lower);
    }
    FrameId frame = new FrameId(Frames.GATE, Frames.SESSION, index);
    Instant time = Frames.START.plusMillis(100L * index);
    return new Crop(
        frame.objectId(0),
        frame,
        "gate/" + Frames.SESSION + "/0#" + person,
        "person",
        0.9,
        new Box(0, 0, 32, 64),
        null,
        null,
        time,
        time,
        Frames.jpeg(32, 64, stripes));
  }

  private List<ModelEvent> events(int count) throws Exception {
    List<ModelEvent> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.records(Topic.MODEL_EVENTS, count)) {
      events.add(ModelEventCodec.read(record.value()));
    }
    return events;
  }
}
