package io.alcedo.connectors.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Where topics ended at a time, so that a reader knows when it has read all that was there then.
 *
 * @param offsets behind the last record of each partition
 */
public record TopicEnds(Map<TopicPartition, Long> offsets) {
  public TopicEnds {
    offsets = Map.copyOf(offsets);
  }

  /** As they are now, of the partitions that a consumer is assigned. */
  public static TopicEnds of(Consumer<?, ?> consumer) {
    return new TopicEnds(consumer.endOffsets(consumer.assignment()));
  }

  /** Whether a consumer of these partitions has read so far. */
  public boolean isReachedBy(Consumer<?, ?> consumer) {
    return offsets.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
