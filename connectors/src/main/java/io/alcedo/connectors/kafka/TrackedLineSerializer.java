package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.wire.TrackedLineCodec;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes {@code tracks}: key = camera, record time = captureTime. */
public final class TrackedLineSerializer extends TopicSerializer<TrackedLine> {
  private static final long serialVersionUID = 1L;

  public TrackedLineSerializer(String topic) {
    super(topic);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      TrackedLine tracked, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic(),
        null,
        Math.max(0, tracked.line().captureTime().toEpochMilli()),
        tracked.line().frame().camera().getBytes(StandardCharsets.US_ASCII),
        TrackedLineCodec.write(tracked));
  }
}
