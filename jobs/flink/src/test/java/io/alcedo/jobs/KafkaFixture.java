package io.alcedo.jobs;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.kafka.TopicEnds;
import io.alcedo.connectors.wire.DetectionLineCodec;
import io.alcedo.connectors.wire.FrameHeaders;
import io.alcedo.connectors.wire.WireFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker of its own for a test, with publishing and committed reading. */
public final class KafkaFixture implements AutoCloseable {
  private final EmbeddedKafka broker = EmbeddedKafka.start();
  private final KafkaProducer<byte[], byte[]> producer;

  /** With every topic. */
  public KafkaFixture(int partitions) {
    this(partitions, EnumSet.allOf(Topic.class));
  }

  /**
   * With some topics.
   *
   * @param partitions of each; all of them cost time when the broker starts and when it ends
   */
  public KafkaFixture(int partitions, Set<Topic> topics) {
    TopicCreator.ensure(
        new KafkaSettings(broker.bootstrap(), null, partitions, null, null, null), topics);
    producer =
        new KafkaProducer<>(
            settings().producer(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  public KafkaSettings settings() {
    return broker.settings();
  }

  /** Sends records as a camera does. */
  public void publish(List<CameraRecord> records) {
    for (CameraRecord record : records) {
      send(FrameHeaders.toRecord("frames", record));
    }
    producer.flush();
  }

  /** Sends lines of detections, as the detect job does. */
  public void publishLines(List<DetectionLine> lines) {
    for (DetectionLine line : lines) {
      send(
          new ProducerRecord<>(
              "detections",
              line.frame().camera().getBytes(StandardCharsets.US_ASCII),
              DetectionLineCodec.write(line)));
    }
    producer.flush();
  }

  /** Sends a record that names no frame. */
  public void publishMalformed(String camera) {
    send(
        new ProducerRecord<>(
            "frames", camera.getBytes(StandardCharsets.US_ASCII), new byte[] {1, 2, 3}));
    producer.flush();
  }

  /** Appends lines as the detect stage would. */
  public void append(List<DetectionLine> lines) {
    for (DetectionLine line : lines) {
      send(
          new ProducerRecord<>(
              settings().topic(Topic.DETECTIONS),
              line.frame().camera().getBytes(StandardCharsets.US_ASCII),
              DetectionLineCodec.write(line)));
    }
    producer.flush();
  }

  /** Sends any record; it is not there at once. */
  public void send(ProducerRecord<byte[], byte[]> record) {
    var unused = producer.send(record);
  }

  /** Waits until all that was sent is there. */
  public void flush() {
    producer.flush();
  }

  /** Committed lines from the beginning, until there are enough that fit. */
  public List<DetectionLine> lines(int count, Predicate<DetectionLine> condition) {
    List<DetectionLine> lines = new ArrayList<>();
    read(
        Topic.DETECTIONS,
        record -> {
          try {
            lines.add(DetectionLineCodec.read(record.value()));
          } catch (WireFormatException e) {
            throw new AssertionError(e);
          }
          return lines.stream().filter(condition).count() >= count;
        });
    return lines;
  }

  /** Committed values of a topic from the beginning. */
  public List<ConsumerRecord<byte[], byte[]>> records(Topic topic, int count) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    read(
        topic,
        record -> {
          records.add(record);
          return records.size() >= count;
        });
    return records;
  }

  /** Committed values of a topic from the beginning, until one fits. */
  public List<ConsumerRecord<byte[], byte[]>> recordsUntil(Topic topic, Predicate<String> last) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    read(
        topic,
        record -> {
          records.add(record);
          return last.test(new String(record.value(), StandardCharsets.UTF_8));
        });
    return records;
  }

  /** All values of a topic that are committed by now. */
  public List<ConsumerRecord<byte[], byte[]>> all(Topic topic) {
    return all(settings().topic(topic));
  }

  /** Committed values of a topic from the beginning to the end that it has now. */
  public List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      rewind(consumer, topic);
      TopicEnds ends = TopicEnds.of(consumer);
      while (!ends.isReachedBy(consumer)) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private void read(Topic topic, Predicate<ConsumerRecord<byte[], byte[]>> enough) {
    read(settings().topic(topic), enough);
  }

  /** Reads committed values of a topic from the beginning, until somebody has enough. */
  public void read(String topic, Predicate<ConsumerRecord<byte[], byte[]>> enough) {
    Instant deadline = Instant.now().plusSeconds(60);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      rewind(consumer, topic);
      boolean done = false;
      while (!done) {
        if (Instant.now().isAfter(deadline)) {
          throw new AssertionError("topic " + topic + " did not get what the test waits for");
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          done |= enough.test(record);
        }
      }
    }
  }

  /** Its end waits for the fetch under way, which is half a second if nobody says otherwise. */
  private KafkaConsumer<byte[], byte[]> consumer() {
    Properties properties = settings().consumer();
    properties.put("fetch.max.wait.ms", "50");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Without a group, which would take its time to form. */
  private static void rewind(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  @Override
  public void close() {
    producer.close();
    broker.close();
  }
}
