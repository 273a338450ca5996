package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.wire.TrackedLineCodec;
import io.alcedo.connectors.wire.WireFormatException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads {@code novelty}. */
public final class TrackedLineDeserializer extends TopicDeserializer<TrackedLine> {
  private static final long serialVersionUID = 1L;

  public TrackedLineDeserializer() {
    super(TrackedLine.class);
  }

  @Override
  TrackedLine read(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
    return TrackedLineCodec.read(record.value());
  }
}
