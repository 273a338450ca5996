package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.wire.AnalyticsRowCodec;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes {@code analytics}: key = camera, record time = end of the window. */
public final class AnalyticsRowSerializer extends TopicSerializer<AnalyticsRow> {
  private static final long serialVersionUID = 1L;

  public AnalyticsRowSerializer(String topic) {
    super(topic);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      AnalyticsRow row, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic(),
        null,
        Math.max(0, row.end().toEpochMilli()),
        row.camera().getBytes(StandardCharsets.US_ASCII),
        AnalyticsRowCodec.write(row));
  }
}
