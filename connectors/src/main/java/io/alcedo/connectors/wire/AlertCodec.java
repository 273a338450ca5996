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
    ObjectNode root = Json.object();
    root.put("v", VERSION);
    root.put("id", alert.id());
    root.put("state", alert.state().toString());
    root.put("rule", alert.rule());
    root.put("type", alert.type());
    root.put("severity", alert.severity());
    root.put("camera", alert.camera());
    Json.putIfPresent(root, "zone", alert.zone());
    Json.putIfPresent(root, "track", alert.track());
    ObjectNode frame = root.putObject("frame");
    Json.putFrame(frame, alert.frame());
    if (alert.ref() != null) {
      Json.putRef(frame.putObject("ref"), alert.ref());
    }
    root.put("captureTime", Json.time(alert.captureTime()));
    root.put("since", Json.time(alert.since()));
    root.put("message", alert.message());
    ArrayNode objects = root.putArray("objects");
    alert.objects().forEach(objects::add);
    return Json.bytes(root);
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
    List<String> objects = new ArrayList<>();
    root.path("objects").forEach(object -> objects.add(object.asText()));
    try {
      return new Alert(
          Json.text(root, "id"),
          Alert.State.ofCode(Json.text(root, "state")),
          Json.text(root, "rule"),
          Json.text(root, "type"),
          Json.text(root, "severity"),
          Json.text(root, "camera"),
          root.path("zone").textValue(),
          root.path("track").textValue(),
          Json.frame(frame),
          Json.ref(frame.get("ref")),
          Json.time(root, "captureTime"),
          Json.time(root, "since"),
          Json.text(root, "message"),
          objects);
    } catch (IllegalArgumentException e) {
      throw new WireFormatException(e.getMessage(), e);
    }
  }
}
