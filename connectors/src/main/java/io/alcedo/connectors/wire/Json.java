package io.alcedo.connectors.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.geometry.Box;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What all JSON lines share: frame positions, times with microseconds, strict required fields. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] bytes(ObjectNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree cannot be written", e);
    }
  }

  static JsonNode parse(byte[] bytes) throws WireFormatException {
    try {
      JsonNode root = MAPPER.readTree(bytes);
      if (root == null || !root.isObject()) {
        throw new WireFormatException("line is no JSON object");
      }
      return root;
    } catch (IOException e) {
      throw new WireFormatException("line is no JSON: " + firstLine(e.getMessage()), e);
    }
  }

  static void requireVersion(JsonNode root, int version) throws WireFormatException {
    int found = require(root, "v").asInt(-1);
    if (found != version) {
      throw new WireFormatException(
          "line has version %s, this Alcedo reads version %d".formatted(root.get("v"), version));
    }
  }

  static JsonNode require(JsonNode node, String field) throws WireFormatException {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      throw new WireFormatException("field '%s' is missing".formatted(field));
    }
    return value;
  }

  static String text(JsonNode node, String field) throws WireFormatException {
    JsonNode value = require(node, field);
    if (!value.isTextual()) {
      throw new WireFormatException("field '%s' is %s, expected a text".formatted(field, value));
    }
    return value.textValue();
  }

  static Instant time(JsonNode node, String field) throws WireFormatException {
    String text = text(node, field);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new WireFormatException(
          "field '%s' is '%s', expected a time such as 2026-11-23T15:04:05.123456Z"
              .formatted(field, text),
          e);
    }
  }

  static String time(Instant time) {
    return TIME.format(time);
  }

  static FrameId frame(JsonNode position) throws WireFormatException {
    return new FrameId(
        text(position, "camera"),
        text(position, "session"),
        require(position, "sequence").asLong());
  }

  static void putFrame(ObjectNode node, FrameId frame) {
    node.put("camera", frame.camera());
    node.put("session", frame.session());
    node.put("sequence", frame.sequence());
  }

  static FrameRef ref(JsonNode node) throws WireFormatException {
    return node == null
        ? null
        : new FrameRef(
            text(node, "topic"),
            require(node, "partition").asInt(),
            require(node, "offset").asLong());
  }

  static void putRef(ObjectNode node, FrameRef ref) {
    node.put("topic", ref.topic());
    node.put("partition", ref.partition());
    node.put("offset", ref.offset());
  }

  static Box box(JsonNode node) throws WireFormatException {
    JsonNode box = require(node, "box");
    return new Box(
        box.path(0).asDouble(Double.NaN),
        box.path(1).asDouble(Double.NaN),
        box.path(2).asDouble(Double.NaN),
        box.path(3).asDouble(Double.NaN));
  }

  static void putBox(ObjectNode node, Box box) {
    node.putArray("box")
        .add(round(box.x(), 100))
        .add(round(box.y(), 100))
        .add(round(box.width(), 100))
        .add(round(box.height(), 100));
  }

  static void putIfPresent(ObjectNode node, String field, String value) {
    if (value != null) {
      node.put(field, value);
    }
  }

  static double round(double value, double steps) {
    return Math.round(value * steps) / steps;
  }

  private static String firstLine(String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
