package io.alcedo.app.local;

import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.wire.CropHeaders;
import io.alcedo.connectors.wire.EmbeddingCodec;
import io.alcedo.connectors.wire.EmbeddingHeaders;
import io.alcedo.connectors.wire.WireFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** What became of the pictures of tracked objects: counts, and {@code embeddings.jsonl}. */
final class CropOutput implements AutoCloseable {
  private final Set<String> sessions;
  private final Accounting accounting;
  private final LinesFile embeddings;
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  CropOutput(LocalRunPlan plan, Set<String> sessions, Accounting accounting) throws IOException {
    this.sessions = sessions;
    this.accounting = accounting;
    embeddings = plan.embeds() ? new LinesFile(plan.results().output(), "embeddings.jsonl") : null;
  }

  void addCrop(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
    if (isOurs(CropHeaders.parse(record).id())) {
      accounting.addCrop();
      ends.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }
  }

  void addEmbedding(ConsumerRecord<byte[], byte[]> record) throws IOException, WireFormatException {
    Embedding embedding = EmbeddingHeaders.parse(record);
    if (embeddings != null && isOurs(embedding.id())) {
      embeddings.add(EmbeddingCodec.write(embedding));
      accounting.add(embedding);
    }
  }

  void addDeadLetter(ConsumerRecord<byte[], byte[]> record) {
    if (isOurs(text(record, "frame"))) {
      accounting.addDeadLetter(text(record, "stage"));
    }
  }

  /** Offsets behind the last crop of each partition. */
  Map<TopicPartition, Long> ends() {
    return Map.copyOf(ends);
  }

  /** By a frame's or an object's id, camera/session/sequence. */
  private boolean isOurs(String id) {
    String[] parts = id.split("/", -1);
    return parts.length == 3 && sessions.contains(parts[1]);
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    Header found = record.headers().lastHeader(header);
    return found == null ? "" : new String(found.value(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    if (embeddings != null) {
      embeddings.close();
    }
  }
}
