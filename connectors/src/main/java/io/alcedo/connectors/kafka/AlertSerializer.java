package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.wire.AlertCodec;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes {@code alerts}: key = camera, record time = captureTime. */
public final class AlertSerializer extends TopicSerializer<Alert> {
  private static final long serialVersionUID = 1L;

  public AlertSerializer(String topic) {
    super(topic);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Alert alert, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic(),
        null,
        Math.max(0, alert.captureTime().toEpochMilli()),
        alert.camera().getBytes(StandardCharsets.US_ASCII),
        AlertCodec.write(alert));
  }
}
