package io.alcedo.connectors.wire;

import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.event.FrameId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Records of the {@code embeddings} topic, version 1: key = camera, value = the vector as
 * little-endian float32, all else in headers.
 */
public final class EmbeddingHeaders {
  private static final String VERSION = "1";

  private EmbeddingHeaders() {}

  /** The record to send. */
  public static ProducerRecord<byte[], byte[]> toRecord(String topic, Embedding embedding) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, HeaderText.bytes(embedding.camera()), bytes(embedding.vector()));
    HeaderText.put(record, "v", VERSION);
    HeaderText.put(record, "id", embedding.id());
    HeaderText.put(record, "track", embedding.track());
    HeaderText.put(record, "label", embedding.label());
    if (embedding.box() != null) {
      PlaceHeaders.put(record, embedding.box(), embedding.frameSize(), embedding.ref());
    }
    HeaderText.put(record, "captureTime", embedding.captureTime());
    HeaderText.put(record, "published", embedding.published());
    HeaderText.put(record, "encoder", embedding.encoder());
    return record;
  }

  /**
   * Reads a record.
   *
   * @throws WireFormatException if it is no vector of version 1; the message says why
   */
  public static Embedding parse(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
    Headers headers = record.headers();
    HeaderText.requireVersion(headers, VERSION);
    if (record.key() == null || record.value() == null) {
      throw new WireFormatException("record has no key or no value; expected camera and vector");
    }
    String camera = new String(record.key(), StandardCharsets.UTF_8);
    try {
      FrameId.requireCamera(camera);
      return new Embedding(
          HeaderText.text(headers, "id"),
          camera,
          HeaderText.text(headers, "track"),
          HeaderText.text(headers, "label"),
          headers.lastHeader("box") == null ? null : PlaceHeaders.box(headers),
          PlaceHeaders.frameSize(headers),
          PlaceHeaders.ref(headers),
          HeaderText.time(headers, "captureTime"),
          HeaderText.time(headers, "published"),
          HeaderText.text(headers, "encoder"),
          floats(record.value()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new WireFormatException(e.getMessage(), e);
    }
  }

  private static byte[] bytes(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }

  private static float[] floats(byte[] bytes) throws WireFormatException {
    if (bytes.length == 0 || bytes.length % Float.BYTES != 0) {
      throw new WireFormatException(
          "value has %d bytes, expected a vector of 4 bytes a number".formatted(bytes.length));
    }
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    for (float value : vector) {
      if (!Float.isFinite(value)) {
        throw new WireFormatException("the vector holds " + value);
      }
    }
    return vector;
  }
}
