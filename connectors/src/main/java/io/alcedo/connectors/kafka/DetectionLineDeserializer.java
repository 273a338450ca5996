package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.wire.DetectionLineCodec;
import io.alcedo.connectors.wire.WireFormatException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads {@code detections}. */
public final class DetectionLineDeserializer extends TopicDeserializer<DetectionLine> {
  private static final long serialVersionUID = 1L;

  public DetectionLineDeserializer() {
    super(DetectionLine.class);
  }

  @Override
  DetectionLine read(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
    return DetectionLineCodec.read(record.value());
  }
}
