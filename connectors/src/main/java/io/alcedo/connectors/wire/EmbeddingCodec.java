package io.alcedo.connectors.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.geometry.Box;

/**
 * One line of {@code embeddings.jsonl}, version 1: compact JSON, UTF-8. On Kafka vectors travel as
 * {@link EmbeddingHeaders}.
 */
public final class EmbeddingCodec {
  private static final int VERSION = 1;

  private EmbeddingCodec() {}

  /** Writes one line. */
  public static byte[] write(Embedding embedding) {
    ObjectNode root = Json.object();
    root.put("v", VERSION);
    root.put("id", embedding.id());
    root.put("camera", embedding.camera());
    root.put("track", embedding.track());
    root.put("label", embedding.label());
    if (embedding.box() != null) {
      Box box = embedding.box();
      root.putArray("box").add(box.x()).add(box.y()).add(box.width()).add(box.height());
    }
    root.put("captureTime", Json.time(embedding.captureTime()));
    root.put("encoder", embedding.encoder());
    ArrayNode vector = root.putArray("vector");
    for (float value : embedding.vector()) {
      vector.add(value);
    }
    return Json.bytes(root);
  }
}
