package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.wire.CropHeaders;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes {@code crops}: key = camera, value = JPEG. */
public final class CropSerializer extends TopicSerializer<Crop> {
  private static final long serialVersionUID = 1L;

  public CropSerializer(String topic) {
    super(topic);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Crop crop, KafkaSinkContext context, Long timestamp) {
    return CropHeaders.toRecord(topic(), crop);
  }
}
