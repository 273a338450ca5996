package io.alcedo.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.event.ModelEvent.Kind;
import java.util.Map;
import java.util.TreeMap;

/** One record of {@code model-events}, version 1: compact JSON, UTF-8. */
public final class ModelEventCodec {
  private static final int VERSION = 1;

  private ModelEventCodec() {}

  /** Writes one event. */
  public static byte[] write(ModelEvent event) {
    ObjectNode root = Json.object();
    root.put("v", VERSION);
    root.put("kind", event.kind().code());
    root.put("role", event.role());
    root.put("version", event.version());
    root.put("time", Json.time(event.time()));
    root.put("message", event.message());
    ObjectNode figures = root.putObject("figures");
    new TreeMap<>(event.figures()).forEach(figures::put);
    return Json.bytes(root);
  }

  /**
   * Reads one event.
   *
   * @throws WireFormatException if it is none of version 1; the message names the field
   */
  public static ModelEvent read(byte[] bytes) throws WireFormatException {
    JsonNode root = Json.parse(bytes);
    Json.requireVersion(root, VERSION);
    Map<String, Double> figures = new TreeMap<>();
    root.path("figures")
        .properties()
        .forEach(figure -> figures.put(figure.getKey(), figure.getValue().asDouble()));
    try {
      return new ModelEvent(
          Kind.ofCode(Json.text(root, "kind")),
          Json.text(root, "role"),
          Json.text(root, "version"),
          Json.time(root, "time"),
          Json.text(root, "message"),
          figures);
    } catch (IllegalArgumentException e) {
      throw new WireFormatException(e.getMessage(), e);
    }
  }
}
