package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.wire.AlertCodec;
import io.alcedo.connectors.wire.WireFormatException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads {@code alerts}. */
public final class AlertDeserializer extends TopicDeserializer<Alert> {
  private static final long serialVersionUID = 1L;

  public AlertDeserializer() {
    super(Alert.class);
  }

  @Override
  Alert read(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
    return AlertCodec.read(record.value());
  }
}
