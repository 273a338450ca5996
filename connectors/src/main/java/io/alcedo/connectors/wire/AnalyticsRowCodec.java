package io.alcedo.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.AnalyticsRow.Crossings;
import io.alcedo.connectors.event.AnalyticsRow.Dwell;
import io.alcedo.connectors.event.AnalyticsRow.Heat;
import io.alcedo.connectors.event.AnalyticsRow.Speed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One record of {@code analytics}, version 1: compact JSON, UTF-8. Times are in seconds. */
public final class AnalyticsRowCodec {
  private static final int VERSION = 1;

  private AnalyticsRowCodec() {}

  /** Writes one row. */
  public static byte[] write(AnalyticsRow row) {
    ObjectNode root = Json.object();
    root.put("v", VERSION);
    root.put("camera", row.camera());
    Json.putIfPresent(root, "zone", row.zone());
    root.put("label", row.label());
    root.put("start", Json.time(row.start()));
    root.put("end", Json.time(row.end()));
    root.put("frames", row.frames());
    root.put("observed", row.observedSeconds());
    root.put("tracks", row.tracks());
    root.putObject("occupancy").put("mean", row.occupancyMean()).put("max", row.occupancyMax());
    root.put("entered", row.entered());
    root.put("left", row.left());
    root.putObject("dwell")
        .put("stays", row.dwell().stays())
        .put("p50", row.dwell().p50())
        .put("p90", row.dwell().p90())
        .put("p99", row.dwell().p99())
        .put("max", row.dwell().max());
    if (!row.crossings().isEmpty()) {
      root.set("crossings", node(row.crossings()));
    }
    if (row.speed() != null) {
      root.putObject("speed")
          .put("mean", row.speed().mean())
          .put("max", row.speed().max())
          .put("unit", row.speed().unit());
    }
    if (row.heat() != null) {
      root.set("heat", node(row.heat()));
    }
    return Json.bytes(root);
  }

  /** A row's crossings by themselves, as its JSON has them; an empty object for none. */
  public static String crossings(AnalyticsRow row) {
    return node(row.crossings()).toString();
  }

  /** A row's heat by itself, as its JSON has it; null for none. */
  public static String heat(AnalyticsRow row) {
    return row.heat() == null ? null : node(row.heat()).toString();
  }

  private static ObjectNode node(Map<String, Crossings> crossings) {
    ObjectNode lines = Json.object();
    new TreeMap<>(crossings)
        .forEach(
            (line, count) ->
                lines
                    .putObject(line)
                    .put("leftToRight", count.leftToRight())
                    .put("rightToLeft", count.rightToLeft()));
    return lines;
  }

  private static ObjectNode node(Heat heat) {
    ObjectNode node = Json.object().put("columns", heat.columns());
    ArrayNode seconds = node.putArray("seconds");
    heat.seconds().forEach(value -> seconds.add(value));
    return node;
  }

  /**
   * Reads one row.
   *
   * @throws WireFormatException if it is no row of version 1; the message names the field
   */
  public static AnalyticsRow read(byte[] bytes) throws WireFormatException {
    JsonNode root = Json.parse(bytes);
    Json.requireVersion(root, VERSION);
    JsonNode occupancy = Json.require(root, "occupancy");
    JsonNode dwell = Json.require(root, "dwell");
    return new AnalyticsRow(
        Json.text(root, "camera"),
        root.path("zone").textValue(),
        Json.text(root, "label"),
        Json.time(root, "start"),
        Json.time(root, "end"),
        Json.require(root, "frames").asLong(),
        Json.require(root, "observed").asDouble(),
        Json.require(root, "tracks").asLong(),
        Json.require(occupancy, "mean").asDouble(),
        Json.require(occupancy, "max").asInt(),
        Json.require(root, "entered").asLong(),
        Json.require(root, "left").asLong(),
        new Dwell(
            Json.require(dwell, "stays").asLong(),
            Json.require(dwell, "p50").asDouble(),
            Json.require(dwell, "p90").asDouble(),
            Json.require(dwell, "p99").asDouble(),
            Json.require(dwell, "max").asDouble()),
        crossings(root.path("crossings")),
        speed(root.get("speed")),
        heat(root.get("heat")));
  }

  private static Map<String, Crossings> crossings(JsonNode lines) throws WireFormatException {
    Map<String, Crossings> crossings = new HashMap<>();
    for (Map.Entry<String, JsonNode> line : lines.properties()) {
      crossings.put(
          line.getKey(),
          new Crossings(
              Json.require(line.getValue(), "leftToRight").asLong(),
              Json.require(line.getValue(), "rightToLeft").asLong()));
    }
    return crossings;
  }

  private static Speed speed(JsonNode node) throws WireFormatException {
    return node == null
        ? null
        : new Speed(
            Json.require(node, "mean").asDouble(),
            Json.require(node, "max").asDouble(),
            Json.text(node, "unit"));
  }

  private static Heat heat(JsonNode node) throws WireFormatException {
    if (node == null) {
      return null;
    }
    List<Float> seconds = new ArrayList<>();
    for (JsonNode value : Json.require(node, "seconds")) {
      seconds.add((float) value.asDouble());
    }
    return new Heat(Json.require(node, "columns").asInt(), seconds);
  }
}
