package io.alcedo.connectors.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.registry.Deployment;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.registry.Role;
import java.util.ArrayList;
import java.util.List;

/** One record of {@code deployments}, version 1: compact JSON, UTF-8. */
public final class DeploymentCodec {
  private static final int VERSION = 1;

  private DeploymentCodec() {}

  /** Writes one deployment. */
  public static byte[] write(Deployment deployment) {
    ObjectNode root = Json.object();
    root.put("v", VERSION);
    root.put("role", deployment.role().code());
    put(root.putObject("current"), deployment.current());
    ArrayNode past = root.putArray("past");
    deployment.past().forEach(turn -> put(past.addObject(), turn));
    return Json.bytes(root);
  }

  private static void put(ObjectNode node, Turn turn) {
    node.put("version", turn.version());
    node.put("effectiveFrom", Json.time(turn.effectiveFrom()));
    node.put("by", turn.by());
    node.put("reason", turn.reason());
  }

  /**
   * Reads one deployment.
   *
   * @throws WireFormatException if it is none of version 1; the message names the field
   */
  public static Deployment read(byte[] bytes) throws WireFormatException {
    JsonNode root = Json.parse(bytes);
    Json.requireVersion(root, VERSION);
    List<Turn> past = new ArrayList<>();
    for (JsonNode turn : root.path("past")) {
      past.add(turn(turn));
    }
    try {
      return new Deployment(
          Role.ofCode(Json.text(root, "role")), turn(Json.require(root, "current")), past);
    } catch (InvalidInputException e) {
      throw new WireFormatException(e.getMessage(), e);
    }
  }

  private static Turn turn(JsonNode node) throws WireFormatException {
    return new Turn(
        Json.text(node, "version"),
        Json.time(node, "effectiveFrom"),
        Json.text(node, "by"),
        Json.text(node, "reason"));
  }
}
