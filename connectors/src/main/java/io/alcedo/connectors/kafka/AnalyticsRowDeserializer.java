package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.wire.AnalyticsRowCodec;
import io.alcedo.connectors.wire.WireFormatException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads {@code analytics}. */
public final class AnalyticsRowDeserializer extends TopicDeserializer<AnalyticsRow> {
  private static final long serialVersionUID = 1L;

  public AnalyticsRowDeserializer() {
    super(AnalyticsRow.class);
  }

  @Override
  AnalyticsRow read(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
    return AnalyticsRowCodec.read(record.value());
  }
}
