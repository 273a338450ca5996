package io.alcedo.connectors.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.wire.FrameHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaFrameStoreIT extends FrameStoreContract {
  private static EmbeddedKafka kafka;
  private static KafkaProducer<byte[], byte[]> producer;
  private static int tests;

  private KafkaSettings settings;
  private FrameStore store;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start();
    producer =
        new KafkaProducer<>(
            kafka.settings().producer(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterAll
  static void stop() {
    producer.close();
    kafka.close();
  }

  @BeforeEach
  void openOnATopicOfItsOwn() {
    settings = new KafkaSettings(kafka.bootstrap(), "t" + tests++ + "-", 2, null, null, null);
    TopicCreator.ensure(settings, List.of(Topic.FRAMES));
    store = new KafkaFrameStore(settings);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  FrameStore store() {
    return store;
  }

  @Override
  FrameRef append(CameraRecord record, int partition) throws Exception {
    return ref(send(record, partition));
  }

  @Override
  void expire(FrameRef last) throws Exception {
    try (Admin admin = Admin.create(settings.admin())) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(last.topic(), last.partition()),
                  RecordsToDelete.beforeOffset(last.offset() + 1)))
          .all()
          .get();
    }
  }

  @Test
  void readsAheadOverFramesLargerThanOneFetch() throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      sent.add(send(frame(i, i % 10 == 0 ? 6 << 20 : 300_000), LEFT));
    }
    for (int i = 0; i < 40; i++) {
      assertThat(store.find(ref(sent.get(i))).frameOrNull().id().sequence()).isEqualTo(i);
    }
  }

  @Test
  void saysThatKafkaDoesNotAnswer() throws Exception {
    KafkaSettings nobody =
        new KafkaSettings(
            "127.0.0.1:9", null, null, null, null, Map.of("default.api.timeout.ms", "2000"));
    try (FrameStore orphan = new KafkaFrameStore(nobody)) {
      assertThatThrownBy(() -> orphan.find(new FrameRef("frames", 0, 3)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("frame frames-0@3 cannot be looked up: Kafka at 127.0.0.1:9");
    }
  }

  private Future<RecordMetadata> send(CameraRecord record, int partition) {
    ProducerRecord<byte[], byte[]> keyed =
        FrameHeaders.toRecord(settings.topic(Topic.FRAMES), record);
    return producer.send(
        new ProducerRecord<>(
            keyed.topic(),
            partition,
            keyed.timestamp(),
            keyed.key(),
            keyed.value(),
            keyed.headers()));
  }

  private static FrameRef ref(Future<RecordMetadata> sent) throws Exception {
    RecordMetadata metadata = sent.get();
    return new FrameRef(metadata.topic(), metadata.partition(), metadata.offset());
  }
}
