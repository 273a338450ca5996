package io.alcedo.app.local;

import io.alcedo.connectors.kafka.KafkaSettings;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far a learner has come, by the offsets that its checkpoints commit. */
final class LearnerProgress implements AutoCloseable {
  private final Admin admin;
  private final String group;

  LearnerProgress(KafkaSettings kafka, String group) {
    admin = Admin.create(kafka.admin());
    this.group = group;
  }

  /**
   * Records that it has not taken in yet.
   *
   * @param ends offsets behind the last record of each partition
   */
  long missing(Map<TopicPartition, Long> ends) throws InterruptedException, ExecutionException {
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
