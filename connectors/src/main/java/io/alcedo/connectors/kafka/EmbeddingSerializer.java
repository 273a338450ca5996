package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.wire.EmbeddingHeaders;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes {@code embeddings}: key = camera, value = vector. */
public final class EmbeddingSerializer extends TopicSerializer<Embedding> {
  private static final long serialVersionUID = 1L;

  public EmbeddingSerializer(String topic) {
    super(topic);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Embedding embedding, KafkaSinkContext context, Long timestamp) {
    return EmbeddingHeaders.toRecord(topic(), embedding);
  }
}
