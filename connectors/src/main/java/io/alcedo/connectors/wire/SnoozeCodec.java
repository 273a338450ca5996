package io.alcedo.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.event.Snooze;

/** One record of {@code snoozes}, version 1: compact JSON, UTF-8. */
public final class SnoozeCodec {
  private static final int VERSION = 1;

  private SnoozeCodec() {}

  /** Writes one snooze. */
  public static byte[] write(Snooze snooze) {
    ObjectNode root = Json.object();
    root.put("v", VERSION);
    Json.putIfPresent(root, "rule", snooze.rule());
    Json.putIfPresent(root, "camera", snooze.camera());
    root.put("from", Json.time(snooze.from()));
    root.put("until", Json.time(snooze.until()));
    Json.putIfPresent(root, "by", snooze.by());
    return Json.bytes(root);
  }

  /**
   * Reads one snooze.
   *
   * @throws WireFormatException if it is no snooze of version 1; the message names the field
   */
  public static Snooze read(byte[] bytes) throws WireFormatException {
    JsonNode root = Json.parse(bytes);
    Json.requireVersion(root, VERSION);
    return new Snooze(
        root.path("rule").textValue(),
        root.path("camera").textValue(),
        Json.time(root, "from"),
        Json.time(root, "until"),
        root.path("by").textValue());
  }
}
