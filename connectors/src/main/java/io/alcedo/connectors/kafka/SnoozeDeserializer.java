package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.Snooze;
import io.alcedo.connectors.wire.SnoozeCodec;
import io.alcedo.connectors.wire.WireFormatException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads {@code snoozes}. */
public final class SnoozeDeserializer extends TopicDeserializer<Snooze> {
  private static final long serialVersionUID = 1L;

  public SnoozeDeserializer() {
    super(Snooze.class);
  }

  @Override
  Snooze read(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
    return SnoozeCodec.read(record.value());
  }
}
