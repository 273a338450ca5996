package io.alcedo.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alcedo.connectors.event.Revision;
import io.alcedo.connectors.wire.WireFormatException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads {@code rules} and {@code cameras}. */
public final class RevisionDeserializer extends TopicDeserializer<Revision> {
  private static final long serialVersionUID = 1L;

  private final String topic;

  public RevisionDeserializer(Topic topic) {
    super(Revision.class);
    this.topic = topic.baseName();
  }

  @Override
  Revision read(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
    if (record.key() == null || record.value() == null) {
      throw new WireFormatException("a revision needs a key and a value; to end it, disable it");
    }
    String key = new String(record.key(), UTF_8);
    return new Revision(topic, key, new String(record.value(), UTF_8));
  }
}
