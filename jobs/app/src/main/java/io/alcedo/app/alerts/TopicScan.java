package io.alcedo.app.alerts;

import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicEnds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a topic holds by now, from anywhere in it. For one thread. */
final class TopicScan implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;

  TopicScan(KafkaSettings kafka) {
    Properties settings = kafka.consumer();
    settings.putIfAbsent("default.api.timeout.ms", "30000");
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  List<TopicPartition> partitions(KafkaSettings kafka, Topic topic) {
    return consumer.partitionsFor(kafka.topic(topic)).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  /** The first offset of a time or later; the end if there is none. */
  long offsetAt(TopicPartition partition, long millis) {
    var found = consumer.offsetsForTimes(Map.of(partition, millis)).get(partition);
    return found == null ? end(partition) : found.offset();
  }

  long beginning(TopicPartition partition) {
    return consumer.beginningOffsets(List.of(partition)).get(partition);
  }

  long end(TopicPartition partition) {
    return consumer.endOffsets(List.of(partition)).get(partition);
  }

  /**
   * Reads on to the end, as it is now.
   *
   * @param from first offsets
   * @param goesOn is told every record, and says whether there should be more
   */
  void read(Map<TopicPartition, Long> from, Predicate<ConsumerRecord<byte[], byte[]>> goesOn) {
    consumer.assign(from.keySet());
    from.forEach(consumer::seek);
    TopicEnds ends = TopicEnds.of(consumer);
    while (!ends.isReachedBy(consumer)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (!goesOn.test(record)) {
          return;
        }
      }
    }
  }

  /** At once: the broker would answer the fetch under way after half a second. */
  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
