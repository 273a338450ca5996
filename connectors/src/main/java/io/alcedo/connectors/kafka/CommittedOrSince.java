package io.alcedo.connectors.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Begins where the consumer group was; a new group begins at a time, so that a new receiver is not
 * told what happened before it was there, and misses nothing that happens while it starts.
 */
@SuppressWarnings("deprecation") // the connector's interface asks for the client's old enum
final class CommittedOrSince implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  private final long millis;

  /**
   * Prepares.
   *
   * @param millis time of the log since the epoch
   */
  CommittedOrSince(long millis) {
    this.millis = millis;
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    Map<TopicPartition, Long> offsets = new HashMap<>(retriever.endOffsets(partitions));
    Map<TopicPartition, Long> since = new HashMap<>();
    partitions.forEach(partition -> since.put(partition, millis));
    for (Map.Entry<TopicPartition, OffsetAndTimestamp> entry :
        retriever.offsetsForTimes(since).entrySet()) {
      if (entry.getValue() != null) {
        offsets.put(entry.getKey(), entry.getValue().offset());
      }
    }
    offsets.putAll(retriever.committedOffsets(partitions));
    return offsets;
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
