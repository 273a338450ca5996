package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.wire.ModelEventCodec;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes {@code model-events}: key = role. */
public final class ModelEventSerializer extends TopicSerializer<ModelEvent> {
  private static final long serialVersionUID = 1L;

  public ModelEventSerializer(String topic) {
    super(topic);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ModelEvent event, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic(), event.role().getBytes(StandardCharsets.US_ASCII), ModelEventCodec.write(event));
  }
}
