package io.alcedo.connectors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.camera.CameraStatus.State;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.frames.FrameStore;
import io.alcedo.connectors.frames.KafkaFrameStore;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.wire.FrameHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real sources into a real broker. */
@Timeout(180)
class CameraPublisherIT {
  private static final SessionIds SESSIONS = new SessionIds(Clock.systemUTC(), new Random(3));
  private static final Reconnection QUICK =
      new Reconnection(false, Duration.ofMillis(10), Duration.ofMillis(100));

  private static EmbeddedKafka kafka;
  private static int tests;

  @TempDir private Path directory;
  private KafkaSettings settings;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @BeforeEach
  void useTopicsOfItsOwn() {
    settings = settings(Map.of());
    TopicCreator.ensure(settings, List.of(Topic.FRAMES));
  }

  @Test
  void publishesAFileFromItsFirstPictureToTheLast() throws Exception {
    Path file = TestVideo.mp4(directory.resolve("gate.mp4"), 25, "2024-05-01T12:00:00Z");
    CameraStatus status = publishAll(CameraSettings.of("gate"), VideoSources.file(file));
    assertThat(status.state()).isEqualTo(State.ENDED);
    assertThat(status.published()).isEqualTo(25);
    assertThat(status.framesPerSecond()).isEqualTo(10);
    assertThat(status.warning()).isNull();
    List<CameraRecord> sent = readUntil(record -> record.kind() == Kind.END);
    assertThat(sent).hasSize(26);
    for (int i = 0; i < 25; i++) {
      CameraRecord frame = sent.get(i);
      assertThat(frame.id().sequence()).isEqualTo(i);
      assertThat(frame.id().session()).isEqualTo(status.session());
      assertThat(frame.captureTime())
          .isEqualTo(Instant.parse("2024-05-01T12:00:00Z").plusMillis(100L * i));
      assertThat(frame.width()).isEqualTo(TestVideo.WIDTH);
    }
    assertThat(sent.get(25).id().sequence()).isEqualTo(25);
    try (FrameStore store = new KafkaFrameStore(settings)) {
      assertThat(store.find(sent.get(9).ref()).frameOrNull().image())
          .isEqualTo(sent.get(9).image());
    }
  }

  @Test
  void publishesWhatIsLeftOfATruncatedFileAndSaysSo() throws Exception {
    Path whole = TestVideo.mp4(directory.resolve("whole.mp4"), 40, null);
    Path half = TestVideo.cut(whole, directory.resolve("half.mp4"), 0.6);
    CameraStatus status = publishAll(CameraSettings.of("gate"), VideoSources.file(half));
    assertThat(status.state()).isEqualTo(State.ENDED);
    assertThat(status.published()).isBetween(5L, 35L);
    assertThat(status.warning()).contains("half.mp4: breaks off after " + status.published());
    List<CameraRecord> sent = readUntil(record -> record.kind() == Kind.END);
    assertThat(sent).hasSize((int) status.published() + 1);
  }

  @Test
  void losesNothingThoughTheProducerHasRoomForAFewPicturesOnly() throws Exception {
    settings =
        settings(Map.of("buffer.memory", "400000", "batch.size", "200000", "linger.ms", "50"));
    TopicCreator.ensure(settings, List.of(Topic.FRAMES));
    VideoOrigin origin = VideoSources.at("sim://alley?size=640x480&fps=10&duration=4s&density=0");
    CameraStatus status = publishAll(CameraSettings.of("gate"), origin);
    assertThat(status.published()).isEqualTo(40);
    assertThat(status.skipped()).isZero();
    assertThat(readUntil(record -> record.kind() == Kind.END)).hasSize(41);
  }

  @Test
  void reconnectsToAnHttpCameraThatCutsTheConnection() throws Exception {
    CameraSettings gate = new CameraSettings("gate", null, null, null, QUICK);
    try (MjpegServer server = MjpegServer.thatCuts(40);
        CameraPublisher publisher = publisher(gate, VideoSources.at(server.address()))) {
      publisher.start();
      List<CameraRecord> sent =
          readUntil(record -> record.kind() == Kind.FRAME && server.connections() > 3);
      assertThat(publisher.status().reconnects()).isGreaterThanOrEqualTo(2);
      publisher.close();
      CameraStatus end = publisher.ended().get();
      assertThat(end.state()).isEqualTo(State.ENDED);
      assertThat(end.published()).isGreaterThanOrEqualTo(frames(sent).size());
    }
    assertSound(readUntil(record -> record.kind() == Kind.END));
  }

  @Tag("full")
  @Test
  void reconnectsToACameraThatFallsSilent() throws Exception {
    CameraSettings gate = new CameraSettings("gate", null, null, null, QUICK);
    try (MjpegServer server = MjpegServer.thatFallsSilent(40);
        CameraPublisher publisher = publisher(gate, VideoSources.at(server.address()))) {
      publisher.start();
      List<CameraRecord> sent =
          readUntil(record -> record.kind() == Kind.FRAME && server.connections() > 1);
      assertThat(sent).isNotEmpty();
    }
    List<CameraRecord> all = readUntil(record -> record.kind() == Kind.END);
    assertThat(all).extracting(CameraRecord::kind).contains(Kind.HEARTBEAT);
    assertSound(all);
  }

  @Test
  void takesAnRtspCameraAndReconnectsWhenItFallsSilent() throws Exception {
    CameraSettings gate = new CameraSettings("gate", null, null, null, QUICK);
    try (RtspServer server = new RtspServer(TestVideo.h264(directory.resolve("gate.h264"), 60));
        CameraPublisher publisher = publisher(gate, VideoSources.at(server.address()))) {
      publisher.start();
      CameraRecord frame =
          frames(readUntil(r -> r.kind() == Kind.FRAME && server.plays() > 1)).get(0);
      assertThat(frame.width()).isEqualTo(TestVideo.WIDTH);
      assertThat(frame.captureTime()).isAfter(Instant.now().minus(Duration.ofMinutes(5)));
      assertThat(publisher.status().grabbed()).isGreaterThan(20);
    }
    assertSound(readUntil(record -> record.kind() == Kind.END));
  }

  @Test
  void failsFastWhereNobodyListens() throws Exception {
    CameraSettings eager = new CameraSettings("gate", null, null, null, QUICK.withFailFast(true));
    VideoOrigin nobody = VideoSources.at("rtsp://127.0.0.1:%d/gate".formatted(freePort()));
    try (CameraPublisher publisher = publisher(eager, nobody)) {
      publisher.start();
      assertThatThrownBy(() -> publisher.ended().get())
          .hasCauseInstanceOf(InvalidInputException.class)
          .hasMessageContaining("cannot be opened");
    }
  }

  @Test
  void namesTheFrameThatTheTopicIsTooSmallFor() throws Exception {
    KafkaSettings small = new KafkaSettings(kafka.bootstrap(), "small-", 1, null, 1 << 20, null);
    TopicCreator.ensure(small, List.of(Topic.FRAMES));
    settings = new KafkaSettings(kafka.bootstrap(), "small-", 1, null, 16 << 20, null);
    CameraSettings fine = new CameraSettings("gate", null, null, new JpegSettings(100, 0), null);
    VideoOrigin large = VideoSources.at("sim://alley?size=1600x1200&fps=1&duration=1s&density=0");
    assertThatThrownBy(() -> publishAll(fine, large))
        .hasCauseInstanceOf(InvalidInputException.class)
        .hasMessageContaining("camera gate: Kafka refused frame 0 of session")
        .hasMessageContaining("topic small-frames")
        .hasMessageContaining("raise max.message.bytes");
  }

  /** Frames are numbered without a gap, times go up, and the end has their number. */
  private static void assertSound(List<CameraRecord> sent) {
    List<CameraRecord> frames = frames(sent);
    for (int i = 0; i < frames.size(); i++) {
      assertThat(frames.get(i).id().sequence()).isEqualTo(i);
      assertThat(frames.get(i).id().session()).isEqualTo(frames.get(0).id().session());
    }
    assertThat(frames).extracting(CameraRecord::captureTime).isSorted().doesNotHaveDuplicates();
    assertThat(sent.get(sent.size() - 1).id().sequence()).isEqualTo(frames.size());
  }

  private static List<CameraRecord> frames(List<CameraRecord> sent) {
    return sent.stream().filter(record -> record.kind() == Kind.FRAME).toList();
  }

  private CameraStatus publishAll(CameraSettings camera, VideoOrigin origin) throws Exception {
    try (CameraPublisher publisher = publisher(camera, origin)) {
      publisher.start();
      return publisher.ended().get();
    }
  }

  private CameraPublisher publisher(CameraSettings camera, VideoOrigin origin) {
    return new CameraPublisher(
        camera, origin, settings, SESSIONS, Clock.systemUTC(), new Random(5));
  }

  /** Reads the topic from its beginning. */
  private List<CameraRecord> readUntil(Predicate<CameraRecord> last) {
    List<CameraRecord> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partition = List.of(new TopicPartition(settings.topic(Topic.FRAMES), 0));
      consumer.assign(partition);
      consumer.seekToBeginning(partition);
      while (read.stream().noneMatch(last)) {
        consumer.poll(Duration.ofSeconds(1)).forEach(r -> read.add(FrameHeaders.parse(r)));
      }
    }
    return read;
  }

  private static KafkaSettings settings(Map<String, String> properties) {
    return new KafkaSettings(kafka.bootstrap(), "t" + tests++ + "-", 1, null, null, properties);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
