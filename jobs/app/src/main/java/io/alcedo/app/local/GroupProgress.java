package io.alcedo.app.local;

import io.alcedo.connectors.kafka.KafkaSettings;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a job has come, by the offsets that its checkpoints commit. */
public final class GroupProgress implements AutoCloseable {
  private final Admin admin;
  private final String group;
  private final Map<TopicPartition, Long> ends;

  /**
   * Of one job.
   *
   * @param group of its consumers
   * @param ends offsets behind the last record of each partition
   */
  public GroupProgress(KafkaSettings kafka, String group, Map<TopicPartition, Long> ends) {
    admin = Admin.create(kafka.admin());
    this.group = group;
    this.ends = ends;
  }

  /** Records that it has not taken in yet. */
  public long missing() throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetAndMetadata> taken =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    long missing = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      OffsetAndMetadata offset = taken.get(end.getKey());
      missing += Math.max(0, end.getValue() - (offset == null ? 0 : offset.offset()));
    }
    return missing;
  }

  @Override
  public void close() {
    admin.close();
  }
}
