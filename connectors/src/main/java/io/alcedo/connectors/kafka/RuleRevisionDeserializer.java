package io.alcedo.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alcedo.connectors.event.RuleRevision;
import io.alcedo.connectors.wire.WireFormatException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads {@code rules}. */
public final class RuleRevisionDeserializer extends TopicDeserializer<RuleRevision> {
  private static final long serialVersionUID = 1L;

  public RuleRevisionDeserializer() {
    super(RuleRevision.class);
  }

  @Override
  RuleRevision read(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
    if (record.key() == null || record.value() == null) {
      throw new WireFormatException("a rule needs a key and a value; to end one, disable it");
    }
    return new RuleRevision(new String(record.key(), UTF_8), new String(record.value(), UTF_8));
  }
}
