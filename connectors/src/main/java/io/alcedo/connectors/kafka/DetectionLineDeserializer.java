package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.wire.DetectionLineCodec;
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
 * Reads {@code detections}. A line that cannot be read is counted ({@code unreadableLines}), logged
 * with its place and skipped: only Alcedo writes this topic, so the log is where its maker looks.
 */
public final class DetectionLineDeserializer
    implements KafkaRecordDeserializationSchema<DetectionLine> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DetectionLineDeserializer.class);

  private transient Counter unreadable;

  @Override
  public void open(InitializationContext context) {
    unreadable = context.getMetricGroup().counter("unreadableLines");
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<DetectionLine> out) {
    try {
      out.collect(DetectionLineCodec.read(record.value()));
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
  public TypeInformation<DetectionLine> getProducedType() {
    return TypeInformation.of(DetectionLine.class);
  }
}
