package io.alcedo.connectors.kafka;

import io.alcedo.connectors.InvalidInputException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A part of a topic that is the same whenever it is read, though the topic grows: from offset to
 * offset.
 *
 * @param topic its name, with the prefix
 * @param starts the first offset of each partition; partitions that have nothing are left out
 * @param ends the offset behind the last of each of these partitions
 */
public record TopicRange(
    String topic, Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
  private static final String PATIENCE_MILLIS = "30000";

  public TopicRange {
    starts = Map.copyOf(starts);
    ends = Map.copyOf(ends);
  }

  /**
   * All that is committed now; nothing if there is no such topic.
   *
   * @throws InvalidInputException if the cluster cannot be reached
   */
  public static TopicRange whole(KafkaSettings kafka, Topic topic) {
    return of(kafka, topic, KafkaConsumer::beginningOffsets);
  }

  /**
   * From the first record whose time is not before this one to all that is committed now; nothing
   * if there is no such topic.
   *
   * @param since record time: of {@code frames} the capture time, else when it was appended
   * @throws InvalidInputException if the cluster cannot be reached
   */
  public static TopicRange since(KafkaSettings kafka, Topic topic, Instant since) {
    long millis = since.isBefore(Instant.EPOCH) ? 0 : since.toEpochMilli();
    return of(
        kafka,
        topic,
        (consumer, partitions) -> {
          Map<TopicPartition, Long> times = new HashMap<>();
          partitions.forEach(partition -> times.put(partition, millis));
          Map<TopicPartition, Long> starts = new HashMap<>();
          for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
              consumer.offsetsForTimes(times).entrySet()) {
            if (found.getValue() != null) { // else all is older
              starts.put(found.getKey(), found.getValue().offset());
            }
          }
          return starts;
        });
  }

  /** Where reading begins. */
  private interface Starts {
    Map<TopicPartition, Long> of(
        KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions);
  }

  private static TopicRange of(KafkaSettings kafka, Topic topic, Starts starting) {
    String name = kafka.topic(topic);
    Properties settings = kafka.consumer();
    settings.putIfAbsent("default.api.timeout.ms", PATIENCE_MILLIS);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(name).stream()
              .map(info -> new TopicPartition(name, info.partition()))
              .toList();
      Map<TopicPartition, Long> starts = new HashMap<>(starting.of(consumer, partitions));
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      starts.entrySet().removeIf(start -> start.getValue() >= ends.get(start.getKey()));
      ends.keySet().retainAll(starts.keySet());
      return new TopicRange(name, starts, ends);
    } catch (KafkaException e) {
      throw new InvalidInputException(
          "Kafka at %s: topic %s cannot be read: %s. Check the address and that the cluster is up."
              .formatted(kafka.bootstrap(), name, e.getMessage()),
          e);
    }
  }

  /** Those that have something. */
  public Set<TopicPartition> partitions() {
    return Set.copyOf(starts.keySet());
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return starts.isEmpty();
  }
}
