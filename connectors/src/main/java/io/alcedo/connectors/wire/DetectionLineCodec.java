package io.alcedo.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.event.Appearance;
import io.alcedo.connectors.event.Attribute;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.PictureFacts;
import io.alcedo.connectors.geometry.RleMask;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of {@code detections}, version 1: compact JSON, UTF-8, no line break. Boxes are rounded
 * to 0.01 px and scores to 0.0001. Readers ignore fields they do not know and refuse other
 * versions.
 *
 * <p>Where an encoder looked at the objects the line names it, and they have an {@code appearance}:
 * base64 of a vector of length 1, each number times 127 in a signed byte.
 *
 * <p>A frame's line has {@code frame}; a heartbeat's or an end's has {@code heartbeat} instead,
 * with {@code ended}.
 */
public final class DetectionLineCodec {
  private static final int VERSION = 1;

  private DetectionLineCodec() {}

  /** Writes one line. */
  public static byte[] write(DetectionLine line) {
    return Json.bytes(node(line));
  }

  static ObjectNode node(DetectionLine line) {
    ObjectNode root = Json.object();
    root.put("v", VERSION);
    ObjectNode position = root.putObject(line.status().isFrame() ? "frame" : "heartbeat");
    Json.putFrame(position, line.frame());
    if (line.ref() != null) {
      Json.putRef(position.putObject("ref"), line.ref());
    }
    if (!line.status().isFrame()) {
      position.put("ended", line.status() == LineStatus.END);
    }
    root.put("captureTime", Json.time(line.captureTime()));
    root.put("published", Json.time(line.published()));
    if (line.status().isFrame()) {
      putFindings(root, line);
    }
    return root;
  }

  private static void putFindings(ObjectNode root, DetectionLine line) {
    root.put("status", line.status().code());
    Json.putIfPresent(root, "reason", line.reason());
    Json.putIfPresent(root, "model", line.model());
    Json.putIfPresent(root, "classifier", line.classifier());
    Json.putIfPresent(root, "encoder", line.encoder());
    root.put("width", line.width());
    root.put("height", line.height());
    if (line.picture() != null) {
      root.putObject("picture")
          .put("checksum", line.picture().checksum())
          .put("brightness", Json.round(line.picture().brightness(), 100))
          .put("contrast", Json.round(line.picture().contrast(), 100));
    }
    ArrayNode objects = root.putArray("objects");
    line.objects().forEach(object -> putObject(objects.addObject(), object));
    if (!line.attributes().isEmpty()) {
      putAttributes(root.putArray("attributes"), line.attributes());
    }
  }

  private static void putObject(ObjectNode node, DetectedObject object) {
    node.put("id", object.id());
    node.put("label", object.label());
    node.put("score", Json.round(object.score(), 1e4));
    Json.putBox(node, object.box());
    if (object.mask() != null) {
      ObjectNode mask = node.putObject("mask");
      mask.putArray("size").add(object.mask().height()).add(object.mask().width());
      mask.put("counts", object.mask().counts());
    }
    putAttributes(node.putArray("attributes"), object.attributes());
    if (object.appearance() != null) {
      node.put("appearance", object.appearance().code());
    }
  }

  private static void putAttributes(ArrayNode node, List<Attribute> attributes) {
    for (Attribute attribute : attributes) {
      node.addObject()
          .put("name", attribute.name())
          .put("label", attribute.label())
          .put("score", Json.round(attribute.score(), 1e4));
    }
  }

  /**
   * Reads one line.
   *
   * @throws WireFormatException if it is no line of version 1; the message names the field
   */
  public static DetectionLine read(byte[] bytes) throws WireFormatException {
    return read(Json.parse(bytes));
  }

  static DetectionLine read(JsonNode root) throws WireFormatException {
    Json.requireVersion(root, VERSION);
    try {
      return root.has("heartbeat") ? heartbeat(root) : frame(root);
    } catch (IllegalArgumentException e) {
      throw new WireFormatException(e.getMessage(), e);
    }
  }

  private static DetectionLine heartbeat(JsonNode root) throws WireFormatException {
    JsonNode position = root.get("heartbeat");
    LineStatus status =
        Json.require(position, "ended").asBoolean() ? LineStatus.END : LineStatus.HEARTBEAT;
    return new DetectionLine(
        Json.frame(position),
        Json.ref(position.get("ref")),
        Json.time(root, "captureTime"),
        Json.time(root, "published"),
        status,
        null,
        null,
        0,
        0,
        List.of());
  }

  private static PictureFacts picture(JsonNode node) throws WireFormatException {
    return node == null
        ? null
        : new PictureFacts(
            Json.require(node, "checksum").asLong(),
            Json.require(node, "brightness").asDouble(),
            Json.require(node, "contrast").asDouble());
  }

  private static DetectionLine frame(JsonNode root) throws WireFormatException {
    JsonNode position = Json.require(root, "frame");
    FrameId id = Json.frame(position);
    List<DetectedObject> objects = new ArrayList<>();
    for (JsonNode object : Json.require(root, "objects")) {
      objects.add(object(object));
    }
    return new DetectionLine(
        id,
        Json.ref(position.get("ref")),
        Json.time(root, "captureTime"),
        Json.time(root, "published"),
        LineStatus.ofCode(Json.text(root, "status")),
        root.path("reason").textValue(),
        root.path("model").textValue(),
        Json.require(root, "width").asInt(),
        Json.require(root, "height").asInt(),
        picture(root.get("picture")),
        objects,
        root.path("classifier").textValue(),
        attributes(root),
        root.path("encoder").textValue());
  }

  private static DetectedObject object(JsonNode node) throws WireFormatException {
    return new DetectedObject(
        Json.text(node, "id"),
        Json.text(node, "label"),
        Json.require(node, "score").asDouble(),
        Json.box(node),
        mask(node.get("mask")),
        attributes(node),
        node.has("appearance") ? new Appearance(Json.text(node, "appearance")) : null);
  }

  private static List<Attribute> attributes(JsonNode node) throws WireFormatException {
    List<Attribute> attributes = new ArrayList<>();
    for (JsonNode attribute : node.path("attributes")) {
      attributes.add(
          new Attribute(
              Json.text(attribute, "name"),
              Json.text(attribute, "label"),
              Json.require(attribute, "score").asDouble()));
    }
    return attributes;
  }

  private static RleMask mask(JsonNode mask) throws WireFormatException {
    if (mask == null) {
      return null;
    }
    JsonNode size = Json.require(mask, "size");
    return new RleMask(size.path(0).asInt(), size.path(1).asInt(), Json.text(mask, "counts"));
  }
}
