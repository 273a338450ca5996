package io.alcedo.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.event.Alert;
import java.util.ArrayList;
import java.util.List;

/** One record of {@code alerts}, version 1: compact JSON, UTF-8. */
public final class AlertCodec {
  private static final int VERSION = 1;

  private AlertCodec() {}

  /** Writes one alert. */
  public static byte[] write(Alert alert) {
    return Json.bytes(node(alert));
  }

  static ObjectNode node(Alert alert) {
    ObjectNode root = Json.object();
    root.put("v", VERSION);
    root.put("id", alert.id());
    root.put("state", alert.state().toString());
    if (alert.test()) {
      root.put("test", true);
    }
    root.put("rule", alert.rule());
    root.put("type", alert.type());
    root.put("severity", alert.severity());
    root.put("camera", alert.camera());
    Json.putIfPresent(root, "zone", alert.zone());
    Json.putIfPresent(root, "line", alert.line());
    Json.putIfPresent(root, "track", alert.track());
    ObjectNode frame = root.putObject("frame");
    Json.putFrame(frame, alert.frame());
    if (alert.ref() != null) {
      Json.putRef(frame.putObject("ref"), alert.ref());
    }
    root.put("captureTime", Json.time(alert.captureTime()));
    root.put("since", Json.time(alert.since()));
    root.put("message", alert.message());
    Json.putIfPresent(root, "by", alert.by());
    ArrayNode objects = root.putArray("objects");
    alert.objects().forEach(object -> put(objects.addObject(), object));
    return root;
  }

  private static void put(ObjectNode node, Alert.Subject object) {
    node.put("id", object.id());
    node.put("track", object.track());
    node.put("label", object.label());
    node.put("score", Json.round(object.score(), 1e4));
    Json.putBox(node, object.box());
  }

  /**
   * Reads one alert.
   *
   * @throws WireFormatException if it is no alert of version 1; the message names the field
   */
  public static Alert read(byte[] bytes) throws WireFormatException {
    JsonNode root = Json.parse(bytes);
    Json.requireVersion(root, VERSION);
    JsonNode frame = Json.require(root, "frame");
    try {
      List<Alert.Subject> objects = new ArrayList<>();
      for (JsonNode object : root.path("objects")) {
        objects.add(subject(object));
      }
      return new Alert(
          Json.text(root, "id"),
          Alert.State.ofCode(Json.text(root, "state")),
          root.path("test").asBoolean(false),
          Json.text(root, "rule"),
          Json.text(root, "type"),
          Json.text(root, "severity"),
          Json.text(root, "camera"),
          root.path("zone").textValue(),
          root.path("line").textValue(),
          root.path("track").textValue(),
          Json.frame(frame),
          Json.ref(frame.get("ref")),
          Json.time(root, "captureTime"),
          Json.time(root, "since"),
          Json.text(root, "message"),
          objects,
          root.path("by").textValue());
    } catch (IllegalArgumentException e) {
      throw new WireFormatException(e.getMessage(), e);
    }
  }

  private static Alert.Subject subject(JsonNode node) throws WireFormatException {
    return new Alert.Subject(
        Json.text(node, "id"),
        Json.text(node, "track"),
        Json.text(node, "label"),
        Json.require(node, "score").asDouble(),
        Json.box(node));
  }
}
