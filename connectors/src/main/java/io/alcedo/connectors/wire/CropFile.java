package io.alcedo.connectors.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.pictures.JpegComment;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A crop as a JPEG file that says itself what it shows: its comment is a JSON object of what the
 * topic {@code crops} has in headers, and {@code camera}.
 */
public final class CropFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CAMERA = "camera";

  private CropFile() {}

  /**
   * The file.
   *
   * @throws WireFormatException if the crop's picture is no JPEG
   */
  public static byte[] write(Crop crop) throws WireFormatException {
    ProducerRecord<byte[], byte[]> record = CropHeaders.toRecord("crops", crop);
    ObjectNode facts = JSON.createObjectNode().put(CAMERA, crop.frame().camera());
    for (Header header : record.headers()) {
      facts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    try {
      return JpegComment.put(crop.jpeg(), facts.toString());
    } catch (IllegalArgumentException e) {
      throw new WireFormatException("crop %s: %s".formatted(crop.id(), e.getMessage()), e);
    }
  }

  /**
   * Reads a file.
   *
   * @return the picture is the file as it is
   * @throws WireFormatException if it says nothing of itself, or not as version 1 does
   */
  public static Crop parse(byte[] file) throws WireFormatException {
    String comment =
        JpegComment.find(file)
            .orElseThrow(() -> new WireFormatException("the file has no comment"));
    try {
      if (!(JSON.readTree(comment) instanceof ObjectNode facts)) {
        throw new WireFormatException("the file's comment is no JSON object");
      }
      byte[] camera = HeaderText.bytes(facts.path(CAMERA).asText());
      ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("crops", 0, 0, camera, file);
      for (Map.Entry<String, JsonNode> fact : facts.properties()) {
        record.headers().add(fact.getKey(), HeaderText.bytes(fact.getValue().asText()));
      }
      return CropHeaders.parse(record);
    } catch (JsonProcessingException e) {
      throw new WireFormatException("the file's comment is no JSON", e);
    }
  }
}
