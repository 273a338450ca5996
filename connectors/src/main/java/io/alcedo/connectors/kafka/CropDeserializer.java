package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.wire.CropHeaders;
import io.alcedo.connectors.wire.WireFormatException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads {@code crops}. */
public final class CropDeserializer extends TopicDeserializer<Crop> {
  private static final long serialVersionUID = 1L;

  public CropDeserializer() {
    super(Crop.class);
  }

  @Override
  Crop read(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
    return CropHeaders.parse(record);
  }
}
