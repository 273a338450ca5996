package io.alcedo.app.local;

import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.kafka.KafkaSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the pictures of one partition of {@code frames} in order, as their lines come by. */
final class FrameFollower implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();

  FrameFollower(KafkaSettings kafka, FrameRef first) {
    consumer =
        new KafkaConsumer<>(
            kafka.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    TopicPartition partition = new TopicPartition(first.topic(), first.partition());
    consumer.assign(List.of(partition));
    consumer.seek(partition, first.offset());
  }

  /** The encoded picture at an offset not before the last one asked for; null if it is gone. */
  byte[] picture(long offset) {
    while (true) {
      while (!fetched.isEmpty() && fetched.peekFirst().offset() < offset) {
        fetched.removeFirst();
      }
      if (!fetched.isEmpty()) {
        return fetched.peekFirst().offset() == offset ? fetched.peekFirst().value() : null;
      }
      consumer.poll(PATIENCE).forEach(fetched::addLast);
      if (fetched.isEmpty()) {
        return null;
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
