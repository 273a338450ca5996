package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.DeadLetter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes {@code dead-letters}: key = camera, value = the offending bytes, and the headers {@code
 * stage}, {@code reason}, {@code ref} (topic-partition@offset) and, where the record named a frame,
 * {@code frame} (camera/session/sequence); all UTF-8.
 */
public final class DeadLetterSerializer extends TopicSerializer<DeadLetter> {
  private static final long serialVersionUID = 1L;

  public DeadLetterSerializer(String topic) {
    super(topic);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, Long timestamp) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic(),
            null,
            Math.max(0, letter.time().toEpochMilli()),
            utf8(letter.camera()),
            letter.bytes());
    record.headers().add("stage", utf8(letter.stage()));
    record.headers().add("reason", utf8(letter.reason()));
    record.headers().add("ref", utf8(String.valueOf(letter.ref())));
    if (letter.frame() != null) {
      record.headers().add("frame", utf8(letter.frame().text()));
    }
    return record;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
