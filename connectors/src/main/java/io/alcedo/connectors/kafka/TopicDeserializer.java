package io.alcedo.connectors.kafka;

import io.alcedo.connectors.wire.WireFormatException;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic that only Alcedo writes. A record that cannot be read is counted ({@code
 * unreadableRecords}), logged with its place and skipped: the log is where its maker looks.
 */
abstract class TopicDeserializer<T> implements KafkaRecordDeserializationSchema<T> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(TopicDeserializer.class);

  private final Class<T> type;
  private transient Counter unreadable;

  TopicDeserializer(Class<T> type) {
    this.type = type;
  }

  abstract T read(ConsumerRecord<byte[], byte[]> record) throws WireFormatException;

  @Override
  public final void open(InitializationContext context) {
    unreadable = context.getMetricGroup().counter("unreadableRecords");
  }

  @Override
  public final void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<T> out) {
    try {
      out.collect(read(record));
    } catch (WireFormatException e) {
      unreadable.inc();
      LOG.warn(
          "Skipped {}-{}@{}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  @Override
  public final TypeInformation<T> getProducedType() {
    return TypeInformation.of(type);
  }
}
