package io.alcedo.app.index;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The topic {@code embeddings} of one cluster: which one it is, and where it ends. */
final class EmbeddingsLog implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String bootstrap;
  private final Admin admin;
  private final String id;
  private final List<TopicPartition> partitions;

  /**
   * Looks at the topic.
   *
   * @throws InvalidInputException if it is not there, or the cluster does not answer
   */
  EmbeddingsLog(KafkaSettings kafka) {
    String topic = kafka.topic(Topic.EMBEDDINGS);
    bootstrap = kafka.bootstrap();
    admin = Admin.create(kafka.admin());
    try {
      TopicDescription found = get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
      id = topic + "@" + found.topicId();
      partitions =
          found.partitions().stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
    } catch (InvalidInputException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  /** Name and id of the topic: one that is made again has another. */
  String id() {
    return id;
  }

  List<TopicPartition> partitions() {
    return partitions;
  }

  /** Where the committed records end now. */
  Offsets end() {
    Map<TopicPartition, OffsetSpec> latest =
        partitions.stream().collect(Collectors.toMap(it -> it, it -> OffsetSpec.latest()));
    Map<Integer, Long> ends = new HashMap<>();
    get(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all())
        .forEach((partition, found) -> ends.put(partition.partition(), found.offset()));
    return new Offsets(id, ends);
  }

  private <T> T get(KafkaFuture<T> answer) {
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw unreachable(e.getCause());
    } catch (TimeoutException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(e);
    }
  }

  private InvalidInputException unreachable(Throwable cause) {
    return new InvalidInputException(
        "topic of embeddings at Kafka %s: %s. Check the address, the prefix, and that it is up."
            .formatted(bootstrap, cause),
        cause);
  }

  @Override
  public void close() {
    admin.close();
  }
}
