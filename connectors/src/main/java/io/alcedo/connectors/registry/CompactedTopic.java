package io.alcedo.connectors.registry;

import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicEnds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The newest value of each key of a compacted topic: read to its end once, followed from there. For
 * one thread.
 */
public final class CompactedTopic implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConsumer<String, byte[]> consumer;
  private final String topic;
  private final Map<String, byte[]> values = new LinkedHashMap<>();

  private CompactedTopic(KafkaConsumer<String, byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.topic = topic;
  }

  /**
   * Reads a topic to its end.
   *
   * @throws IllegalStateException if the cluster cannot be reached
   */
  public static CompactedTopic read(KafkaSettings kafka, Topic topic) {
    Properties settings = kafka.consumer();
    settings.putIfAbsent("default.api.timeout.ms", String.valueOf(PATIENCE.toMillis()));
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    CompactedTopic read = new CompactedTopic(consumer, kafka.topic(topic));
    try {
      read.toEnd();
      return read;
    } catch (KafkaException e) {
      read.close();
      throw new IllegalStateException(
          "topic %s cannot be read: Kafka at %s: %s"
              .formatted(read.topic, kafka.bootstrap(), e.getMessage()),
          e);
    }
  }

  private void toEnd() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    TopicEnds ends = TopicEnds.of(consumer);
    while (!ends.isReachedBy(consumer)) {
      var unused = poll(Duration.ofMillis(200));
    }
  }

  /** The newest values so far, by key. */
  public Map<String, byte[]> values() {
    return Map.copyOf(values);
  }

  /**
   * Waits for what is new.
   *
   * @return what came, by key
   */
  public Map<String, byte[]> poll(Duration longest) {
    Map<String, byte[]> fresh = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> record : consumer.poll(longest)) {
      if (record.key() == null) {
        continue;
      }
      if (record.value() == null) {
        values.remove(record.key());
        fresh.remove(record.key());
      } else {
        values.put(record.key(), record.value());
        fresh.put(record.key(), record.value());
      }
    }
    return fresh;
  }

  /** Ends a poll of another thread, which throws then. */
  public void wakeUp() {
    consumer.wakeup();
  }

  /** At once: the broker would answer the fetch under way after half a second. */
  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
