package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.wire.EmbeddingHeaders;
import io.alcedo.connectors.wire.WireFormatException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads {@code embeddings}. */
public final class EmbeddingDeserializer extends TopicDeserializer<Embedding> {
  private static final long serialVersionUID = 1L;

  public EmbeddingDeserializer() {
    super(Embedding.class);
  }

  @Override
  Embedding read(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
    return EmbeddingHeaders.parse(record);
  }
}
