package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.wire.DetectionLineCodec;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes {@code detections}: key = camera, record time = captureTime. */
public final class DetectionLineSerializer extends TopicSerializer<DetectionLine> {
  private static final long serialVersionUID = 1L;

  public DetectionLineSerializer(String topic) {
    super(topic);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DetectionLine line, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic(),
        null,
        Math.max(0, line.captureTime().toEpochMilli()),
        line.frame().camera().getBytes(StandardCharsets.US_ASCII),
        DetectionLineCodec.write(line));
  }
}
