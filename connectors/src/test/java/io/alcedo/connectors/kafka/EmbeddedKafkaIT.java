package io.alcedo.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.wire.FrameHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
    TopicCreator.ensure(kafka.settings(), EnumSet.allOf(Topic.class));
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void carriesAFrameLargerThanKafkasOwnLimit() throws Exception {
    CameraRecord sent = frame(new byte[3 << 20]);
    ProducerRecord<byte[], byte[]> garbage =
        new ProducerRecord<>(
            "frames", "gate".getBytes(StandardCharsets.US_ASCII), new byte[] {1, 2});
    List<CameraRecord> received = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                kafka.settings().producer(), new ByteArraySerializer(), new ByteArraySerializer());
        KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      producer.send(FrameHeaders.toRecord("frames", sent)).get();
      producer.send(garbage).get();
      consumer.subscribe(List.of("frames"));
      while (received.size() < 2) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(10))) {
          received.add(FrameHeaders.parse(record));
        }
      }
    }
    CameraRecord frame = received.get(0);
    assertThat(frame.id()).isEqualTo(sent.id());
    assertThat(frame.captureTime()).isEqualTo(sent.captureTime());
    assertThat(frame.published()).isEqualTo(sent.published());
    assertThat(frame.image()).hasSize(3 << 20);
    assertThat(frame.ref().topic()).isEqualTo("frames");
    assertThat(received.get(1).kind()).isEqualTo(Kind.MALFORMED);
    assertThat(received.get(1).defect()).isEqualTo("header 'session' is missing");
  }

  @Test
  void findsItsTopicsAgainWithoutComplaint() {
    TopicCreator.ensure(kafka.settings(), EnumSet.allOf(Topic.class));
  }

  @Test
  void refusesATopicThatTakesSmallerRecords() {
    KafkaSettings larger = new KafkaSettings(kafka.bootstrap(), null, null, null, 32 << 20, null);
    assertThatThrownBy(() -> TopicCreator.ensure(larger, List.of(Topic.FRAMES)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("frames takes records up to 16777216 bytes")
        .hasMessageContaining("maxRecordBytes is 33554432");
  }

  @Test
  void saysThatAPortIsTaken(@TempDir Path directory) {
    int port = Integer.parseInt(kafka.bootstrap().replaceFirst(".*:", ""));
    assertThatThrownBy(() -> EmbeddedKafka.start(directory, port))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("port " + port + " on loopback is taken");
  }

  @Test
  void leavesADirectoryOfOthersAlone(@TempDir Path directory) throws Exception {
    Path letter = Files.writeString(directory.resolve("letter.txt"), "dear");
    assertThatThrownBy(() -> EmbeddedKafka.start(directory, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds something other than Kafka's data");
    assertThat(letter).hasContent("dear");
  }

  private static KafkaConsumer<byte[], byte[]> consumer() {
    java.util.Properties settings = kafka.settings().consumer();
    settings.put("group.id", "test");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static CameraRecord frame(byte[] image) {
    return new CameraRecord(
        Kind.FRAME,
        new FrameId("gate", "01JDEMO", 0),
        null,
        Instant.parse("2000-01-01T00:00:00.000040Z"),
        Instant.parse("2026-11-23T15:04:05.123456Z"),
        "jpeg",
        768,
        576,
        image,
        null);
  }
}
