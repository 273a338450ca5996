package io.alcedo.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.TrackState;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.event.TrackedObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of {@code tracks}, version 1: a line of {@code detections} ({@link DetectionLineCodec})
 * whose objects have a {@code track}, with its {@code id}, {@code state} and {@code opened}, if
 * they belong to one; and {@code ended}, the tracks that are over, if there are any.
 */
public final class TrackedLineCodec {
  private TrackedLineCodec() {}

  /** Writes one line. */
  public static byte[] write(TrackedLine tracked) {
    ObjectNode root = DetectionLineCodec.node(tracked.line());
    Map<String, TrackedObject> byObject = new HashMap<>();
    tracked.objects().forEach(object -> byObject.put(object.object().id(), object));
    for (JsonNode node : root.path("objects")) {
      TrackedObject object = byObject.get(node.get("id").textValue());
      if (object != null) {
        ((ObjectNode) node)
            .putObject("track")
            .put("id", object.track())
            .put("state", object.state().toString())
            .put("opened", Json.time(object.opened()));
      }
    }
    if (!tracked.ended().isEmpty()) {
      ArrayNode ended = root.putArray("ended");
      tracked.ended().forEach(ended::add);
    }
    return Json.bytes(root);
  }

  /**
   * Reads one line.
   *
   * @throws WireFormatException if it is no line of version 1; the message names the field
   */
  public static TrackedLine read(byte[] bytes) throws WireFormatException {
    JsonNode root = Json.parse(bytes);
    DetectionLine line = DetectionLineCodec.read(root);
    List<TrackedObject> objects = new ArrayList<>();
    for (int i = 0; i < line.objects().size(); i++) {
      JsonNode track = root.get("objects").get(i).get("track");
      if (track != null) {
        objects.add(object(line.objects().get(i), track));
      }
    }
    List<String> ended = new ArrayList<>();
    for (JsonNode id : root.path("ended")) {
      ended.add(id.asText());
    }
    return new TrackedLine(line, objects, ended);
  }

  private static TrackedObject object(DetectedObject object, JsonNode track)
      throws WireFormatException {
    try {
      return new TrackedObject(
          object,
          Json.text(track, "id"),
          TrackState.ofCode(Json.text(track, "state")),
          Json.time(track, "opened"));
    } catch (IllegalArgumentException e) {
      throw new WireFormatException("track of %s: %s".formatted(object.id(), e.getMessage()), e);
    }
  }
}
