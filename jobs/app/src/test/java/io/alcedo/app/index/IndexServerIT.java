package io.alcedo.app.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameSize;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.pictures.PictureStore;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.registry.ModelRegistry;
import io.alcedo.connectors.registry.RegistrySettings;
import io.alcedo.connectors.registry.Role;
import io.alcedo.connectors.wire.CropHeaders;
import io.alcedo.connectors.wire.EmbeddingHeaders;
import io.alcedo.connectors.wire.TrackedLineCodec;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyEncoder;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.Unit;
import io.alcedo.operators.stream.scene.Zone;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An index beside its topics: crops come in, encoders come and go, somebody searches. */
@Timeout(240)
class IndexServerIT {
  private static final String SESSION = "01J0000000000000000000SESS";
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final int FAST = 10_000;
  private static final Zone LEFT =
      new Zone(
          "left",
          Unit.FRACTION,
          List.of(List.of(0.0, 0.0), List.of(0.5, 0.0), List.of(0.5, 1.0), List.of(0.0, 1.0)));

  private static EmbeddedKafka broker;
  private static int tests;

  @TempDir Path directory;

  private KafkaSettings kafka;
  private ModelRegistry registry;
  private RegistrySettings settings;
  private IndexEncoders encoders;
  private KafkaProducer<byte[], byte[]> producer;
  private IndexServer server;
  private String plain;
  private String tilted;
  private String steep;
  private int sent;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedKafka.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void begin() throws IOException {
    kafka = new KafkaSettings(broker.bootstrap(), "c" + tests++ + "-", null, null, null, null);
    TopicCreator.ensure(kafka, EnumSet.allOf(Topic.class));
    settings =
        new RegistrySettings(
            kafka, directory.resolve("registry").toUri(), directory.resolve("cache").toString());
    registry = settings.open();
    encoders = new IndexEncoders(null, settings, EngineOptions.DEFAULT);
    producer =
        new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    plain = publish("plain", 0);
    tilted = publish("tilted", 80);
    steep = publish("steep", 160);
    deploy(plain);
  }

  private String publish(String name, float tilt) throws IOException {
    ModelDirectory model = ModelDirectory.open(TinyEncoder.write(directory.resolve(name), tilt));
    registry.publish(model.manifest(), model.weights());
    return model.manifest().version();
  }

  private void deploy(String version) throws IOException {
    var unused = registry.deploy(Role.ENCODER, new Turn(version, Instant.EPOCH, "test", ""));
  }

  @AfterEach
  void end() {
    server.close();
    producer.close();
    encoders.close();
  }

  private void open(int remadePerSecond) {
    open(kafka, null, settings, remadePerSecond);
  }

  private void open(
      KafkaSettings cluster, Path encoder, RegistrySettings models, int remadePerSecond) {
    IndexConfig config =
        new IndexConfig(
                null,
                null,
                null,
                new IndexSettings(null, null, null, null, Duration.ofMillis(100), null),
                null,
                remadePerSecond,
                null)
            .in(directory);
    server =
        IndexServer.start(
            new IndexServer.Source(
                "test",
                cluster,
                encoder,
                models,
                List.of(new Scene("gate", null, null, List.of(LEFT), null, null))),
            config);
  }

  /** Crops, and the vectors that the embedding stage makes of them with an encoder. */
  private void send(int count, String encoder) {
    List<byte[]> jpegs = new ArrayList<>();
    for (int i = sent; i < sent + count; i++) {
      jpegs.add(jpeg(i));
    }
    List<float[]> vectors = encoders.embed(encoder, jpegs);
    for (int i = 0; i < count; i++) {
      send(sent + i, jpegs.get(i), encoder, vectors.get(i));
    }
    producer.flush();
    sent += count;
  }

  private void send(int number, byte[] jpeg, String encoder, float[] vector) {
    FrameId frame = new FrameId("gate", SESSION, number);
    String id = frame.objectId(0);
    Instant time = NOON.plusMillis(100L * number);
    Box box = new Box(number % 2 == 0 ? 0 : 80, 0, 10, 10);
    FrameSize size = new FrameSize(100, 50);
    String track = "gate/" + SESSION + "/" + number / 10 + "#0";
    Crop crop =
        new Crop(id, frame, track, "person", 0.9, box, size, null, time, Instant.now(), jpeg);
    var unused = producer.send(CropHeaders.toRecord(kafka.topic(Topic.CROPS), crop));
    Embedding embedding =
        new Embedding(
            id, "gate", track, "person", box, size, null, time, Instant.now(), encoder, vector);
    var unusedToo =
        producer.send(EmbeddingHeaders.toRecord(kafka.topic(Topic.EMBEDDINGS), embedding));
  }

  private static byte[] jpeg(int number) {
    return Frames.jpeg(32, 32, List.of(new Color(20 * (number % 11), 15 * (number % 13), 90)));
  }

  @Test
  void theIndexNeverGoesDarkWhileTheEncoderChanges() throws Exception {
    open(40);
    send(150, plain);
    await(() -> count(plain) == 150);
    assertThat(server.serving()).isEqualTo(plain);
    assertThat(server.vectors().newest(plain, VectorFilter.ALL.inZone("left"), 200)).hasSize(75);

    deploy(tilted);
    await(() -> server.status().migration() != null);
    int searches = 0;
    while (server.serving().equals(plain)) {
      assertThat(foundByItsPicture(searches % sent)).isTrue();
      searches++;
      if (searches % 5 == 0) {
        send(1, tilted); // the stream makes none of the other kind any more
      }
    }
    int atTheFlip = sent;
    assertThat(searches).isGreaterThan(20);
    assertThat(count(plain)).as("new crops came into both").isGreaterThan(150);
    assertThat(server.serving()).isEqualTo(tilted);
    send(5, tilted);
    await(() -> count(tilted) == atTheFlip + 5);
    assertThat(foundByItsPicture(0)).isTrue();
    assertThat(server.vectors().newest(tilted, VectorFilter.ALL.inZone("left"), 1000))
        .as("what was made again knows where it stood")
        .hasSize((sent + 1) / 2);

    deploy(plain); // a way back
    send(10, plain);
    await(() -> server.serving().equals(plain) && count(plain) == sent);
  }

  /** By a query that is embedded as the version says. */
  private boolean foundByItsPicture(int number) {
    String version = server.serving();
    float[] query = server.embed(version, List.of(jpeg(number))).get(0);
    List<Hit> hits = server.vectors().search(version, query, 1, VectorFilter.ALL);
    return hits.size() == 1 && hits.get(0).score() > 0.999;
  }

  @Tag("full")
  @Test
  void aRestartGoesOnWhereItWasAndWhatComesNextWaits() throws Exception {
    open(20);
    send(200, plain);
    await(() -> count(plain) == 200);
    deploy(tilted);
    await(() -> count(tilted) > 40);
    deploy(steep);
    await(
        () ->
            server.status().migration() != null
                && steep.equals(server.status().migration().waiting()));
    send(20, steep);
    server.close();

    open(20);
    assertThat(server.serving()).isEqualTo(plain);
    assertThat(server.status().migration().filling()).isEqualTo(tilted);
    assertThat(count(tilted)).as("nothing is made twice").isGreaterThan(40);
    await(() -> server.serving().equals(tilted));
    assertThat(count(tilted)).isEqualTo(220);
    await(() -> server.serving().equals(steep));
    assertThat(count(steep)).isEqualTo(220);
    assertThat(server.vectors().versions()).extracting(IndexVersion::name).doesNotContain(plain);
  }

  @Tag("full")
  @Test
  void anEncoderThatCannotBeHadLeavesTheOtherServing() throws Exception {
    open(FAST);
    send(50, plain);
    await(() -> count(plain) == 50);
    Files.writeString(
        directory
            .resolve("registry/weights")
            .resolve(ModelDirectory.open(directory.resolve("tilted")).manifest().sha256()),
        "damaged");
    deploy(tilted);
    send(50, plain); // the stage refuses it too, and goes on
    await(() -> count(plain) == 100);
    assertThat(server.serving()).isEqualTo(plain);
    assertThat(server.status().migration()).isNull();
    assertThat(foundByItsPicture(99)).isTrue();
  }

  @Test
  void anIndexThatIsGoneIsMadeAgainOfItsPictures() throws Exception {
    open(FAST);
    send(60, plain);
    await(() -> count(plain) == 60 && isStored(59) && server.status().restoration() == null);
    assertThat(server.status().freshness().vectors()).isEqualTo(60);
    server.delete(List.of(id(7)));
    List<VectorEntry> before = all(plain);
    server.close();
    FileUtils.deleteDirectory(directory.resolve("index").toFile());
    new PictureStore(directory.resolve("crops").toUri()).put("says/NOTHING/1#0", jpeg(1));

    open(another(), directory.resolve("plain"), null, 40); // its topics know nothing
    await(() -> count(plain) > 20);
    server.close();
    open(another(), directory.resolve("plain"), null, FAST);
    await(() -> count(plain) == 59 && server.status().restoration() == null);

    assertThat(all(plain)).usingRecursiveComparison().isEqualTo(before);
    assertThat(server.status().freshness()).as("none came by the topic").isNull();
    server.close();
    open(another(), directory.resolve("plain"), null, FAST);
    assertThat(count(plain)).isEqualTo(59);
    assertThat(server.status().restoration()).as("that is done").isNull();
  }

  @Tag("full")
  @Test
  void aRunThatIsOverGetsItsIndexAgain() throws Exception {
    open(FAST);
    send(60, plain);
    await(() -> count(plain) == 60 && isStored(59) && server.status().restoration() == null);
    List<VectorEntry> before = all(plain);
    server.close();
    FileUtils.deleteDirectory(directory.resolve("index").toFile());
    IndexConfig config = IndexConfig.DEFAULT.in(directory);
    List<Scene> scenes = List.of(new Scene("gate", null, null, List.of(LEFT), null, null));
    IndexRebuild rebuild = new IndexRebuild(config, directory.resolve("plain"), scenes);

    IndexRebuild.Progress end = rebuild.run(progress -> {});
    assertThat(end).isEqualTo(new IndexRebuild.Progress(plain, 60, 60, 60, 0));
    assertThat(rebuild.run(progress -> {}))
        .isEqualTo(new IndexRebuild.Progress(plain, 60, 60, 0, 0));
    try (StoredIndex stored = new StoredIndex(config, directory.resolve("plain"))) {
      assertThat(stored.serving()).isEqualTo(plain);
      assertThat(stored.vectors().newest(plain, VectorFilter.ALL, 1000))
          .usingRecursiveComparison()
          .isEqualTo(before);
    }
    assertThatThrownBy(
            () -> new IndexRebuild(config, directory.resolve("tilted"), scenes).run(it -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has sound vectors of " + plain);
    IndexConfig elsewhere = IndexConfig.DEFAULT.in(directory.resolve("nothing"));
    assertThatThrownBy(
            () -> new IndexRebuild(elsewhere, directory.resolve("plain"), scenes).run(it -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there are no pictures to make an index of");
  }

  @Tag("full")
  @Test
  void aDamagedVersionIsMadeAgainOfTopicAndPictures() throws Exception {
    open(FAST);
    send(60, plain);
    await(() -> count(plain) == 60 && isStored(59) && server.status().restoration() == null);
    List<VectorEntry> before = all(plain);
    server.close();
    damage(directory.resolve("index").resolve(plain));

    open(FAST);
    assertThat(server.status().versions()).singleElement().matches(IndexVersion::damaged);
    assertThat(server.rebuild()).containsExactly(plain);
    await(() -> count(plain) == 60 && server.status().restoration() == null);
    assertThat(all(plain)).usingRecursiveComparison().isEqualTo(before);
    assertThat(server.rebuild()).as("now it is sound").isEmpty();
    await(() -> server.status().restoration() == null);
    assertThat(count(plain)).isEqualTo(60);
  }

  /** In the middle of the largest file. */
  private static void damage(Path version) throws IOException {
    try (Stream<Path> files = Files.walk(version)) {
      Path largest =
          files
              .filter(Files::isRegularFile)
              .max(Comparator.comparingLong(file -> file.toFile().length()))
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(largest);
      bytes[bytes.length / 2] ^= 1;
      Files.write(largest, bytes);
    }
  }

  private KafkaSettings another() {
    return new KafkaSettings(broker.bootstrap(), "c" + tests++ + "-", null, null, null, null);
  }

  private List<VectorEntry> all(String version) {
    return server.vectors().newest(version, VectorFilter.ALL, 1000);
  }

  @Tag("full")
  @Test
  void picturesThatAreGoneDoNotHoldUpTheChange() throws Exception {
    open(FAST);
    send(60, plain);
    await(() -> count(plain) == 60 && isStored(59));
    PictureStore store = server.crops();
    for (int i = 0; i < 10; i++) {
      store.delete(id(i));
    }
    deploy(tilted);
    await(() -> server.serving().equals(tilted));
    assertThat(count(tilted)).isEqualTo(50);
  }

  @Tag("full")
  @Test
  void whatIsDeletedStaysDeleted() throws Exception {
    open(FAST);
    send(40, plain);
    await(() -> count(plain) == 40 && isStored(39));
    server.delete(List.of(id(3)));
    assertThat(count(plain)).isEqualTo(39);
    assertThat(isStored(3)).isFalse();
    server.deleteCamera("gate");
    assertThat(count(plain)).isZero();
    assertThat(isStored(39)).isFalse();
  }

  @Test
  void saysHowNewEachObjectIsToItsCamera() throws Exception {
    open(FAST);
    for (int i = 0; i < 60; i++) {
      sendOne(i, Color.BLUE);
    }
    producer.flush();
    await(() -> count(plain) == 60);
    int later = 1000; // by more than a minute
    sendOne(later, new Color(0, 0, 240));
    sendOne(later + 1, Color.RED);
    producer.flush();

    List<TrackedLine> lines = novelty(2);

    assertThat(lines)
        .extracting(line -> line.objects().get(0).object().id())
        .containsExactly(id(later), id(later + 1));
    assertThat(lines.get(0).objects().get(0).object().attributes())
        .singleElement()
        .satisfies(attribute -> assertThat(attribute.score()).isLessThan(0.01));
    assertThat(lines.get(1).objects().get(0).object().attributes())
        .singleElement()
        .satisfies(attribute -> assertThat(attribute.score()).isGreaterThan(0.5));
  }

  private void sendOne(int number, Color color) {
    byte[] jpeg = Frames.jpeg(32, 32, List.of(color));
    send(number, jpeg, plain, encoders.embed(plain, List.of(jpeg)).get(0));
  }

  private List<TrackedLine> novelty(int count) throws Exception {
    List<TrackedLine> lines = new ArrayList<>();
    Properties consumer = kafka.consumer();
    consumer.put("group.id", "novelty");
    try (KafkaConsumer<byte[], byte[]> topic =
        new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      topic.subscribe(List.of(kafka.topic(Topic.NOVELTY)));
      while (lines.size() < count) {
        for (ConsumerRecord<byte[], byte[]> record : topic.poll(Duration.ofMillis(100))) {
          lines.add(TrackedLineCodec.read(record.value()));
        }
      }
    }
    return lines;
  }

  private static String id(int number) {
    return new FrameId("gate", SESSION, number).objectId(0);
  }

  private boolean isStored(int number) {
    try {
      PictureStore store = new PictureStore(directory.resolve("crops").toUri());
      return store.find(id(number)).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long count(String version) {
    return server.vectors().versions().stream()
        .filter(it -> it.name().equals(version))
        .mapToLong(IndexVersion::count)
        .sum();
  }

  private static void await(BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for a minute").isLessThan(end);
      Thread.sleep(20);
    }
  }
}
