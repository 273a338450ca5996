package io.alcedo.training.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.alcedo.training.checkpoint.TensorView.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: names, types, shapes and places, checked as the format's
 * description asks: the tensors fill the file without overlap, hole or rest.
 *
 * @param start of the data, bytes from the file's beginning
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Place> places, long start) {
  static final String METADATA = "__metadata__";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A tensor and its bytes, [begin, end) from the start of the data. */
  record Place(TensorType type, long[] shape, long begin, long end) {}

  static Contents read(FileChannel channel) throws IOException {
    SafetensorsHeader header = parse(channel);
    Map<String, Contents.Located> tensors = new LinkedHashMap<>();
    header.places.forEach(
        (name, place) -> {
          long elements = (place.end - place.begin) / place.type.bytes();
          Storage storage = new Storage(name, place.type, elements);
          tensors.put(
              name,
              new Contents.Located(
                  TensorView.whole(storage, place.shape),
                  StorageBytes.in(channel, header.start + place.begin)));
        });
    return new Contents(header.metadata, tensors);
  }

  static SafetensorsHeader parse(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw damaged("it has %d bytes".formatted(size));
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    StorageBytes.in(channel, 0).read(0, length);
    long headerSize = length.getLong(0);
    if (headerSize < 2 || headerSize > size - Long.BYTES) {
      throw damaged("its header claims %s bytes".formatted(Long.toUnsignedString(headerSize)));
    }
    if (headerSize > Contents.MOST_HEADER_BYTES) {
      throw new RefusedException(
          "has a header of %d bytes, at most %d are read. Split it into several files."
              .formatted(headerSize, Contents.MOST_HEADER_BYTES));
    }
    ByteBuffer text = ByteBuffer.allocate((int) headerSize);
    StorageBytes.in(channel, Long.BYTES).read(0, text);
    long start = Long.BYTES + headerSize;
    return parse(text.flip(), start, size - start);
  }

  private static SafetensorsHeader parse(ByteBuffer text, long start, long dataSize)
      throws RefusedException {
    JsonNode root;
    try {
      root = JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(text).toString());
    } catch (CharacterCodingException e) {
      throw damaged("its header is no UTF-8");
    } catch (JsonProcessingException e) {
      // Jackson adds where the source begins, which says nothing here.
      String why = e.getOriginalMessage().replaceFirst("(?s)\\s*\\(start marker.*", "");
      throw damaged("its header is no JSON (%s)".formatted(RefusedException.printable(why)));
    }
    if (!root.isObject()) {
      throw damaged("its header is no JSON object");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Place> places = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().equals(METADATA)) {
        metadata.putAll(texts(field.getValue()));
      } else {
        places.put(field.getKey(), place(field.getKey(), field.getValue(), dataSize));
      }
    }
    requireDense(places, dataSize);
    return new SafetensorsHeader(metadata, places, start);
  }

  private static Map<String, String> texts(JsonNode node) throws RefusedException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw damaged(METADATA + " has a value that is no text");
      }
      texts.put(field.getKey(), field.getValue().textValue());
    }
    if (!node.isObject()) {
      throw damaged(METADATA + " is no JSON object");
    }
    return texts;
  }

  private static Place place(String key, JsonNode node, long dataSize) throws RefusedException {
    String name = RefusedException.printable(key);
    TensorType type =
        TensorType.named(node.path("dtype").asText())
            .orElseThrow(
                () ->
                    new RefusedException(
                        "tensor '%s' has the type '%s', known are %s. Convert it first."
                            .formatted(
                                name,
                                RefusedException.printable(node.path("dtype").asText()),
                                List.of(TensorType.values()))));
    long[] offsets = longs(name, node.path("data_offsets"));
    if (offsets.length != 2 || offsets[1] < offsets[0] || offsets[1] > dataSize) {
      throw damaged(
          "tensor '%s' lies at %s of %d bytes".formatted(name, Arrays.toString(offsets), dataSize));
    }
    long[] shape = longs(name, node.path("shape"));
    long bytes = type.bytes();
    try {
      for (long side : shape) {
        bytes = Math.multiplyExact(bytes, side);
      }
    } catch (ArithmeticException e) {
      throw damaged("tensor '%s' has an impossible shape".formatted(name));
    }
    if (bytes != offsets[1] - offsets[0]) {
      throw damaged(
          "tensor '%s' has %d bytes, its type and shape need %d"
              .formatted(name, offsets[1] - offsets[0], bytes));
    }
    return new Place(type, shape, offsets[0], offsets[1]);
  }

  private static long[] longs(String name, JsonNode node) throws RefusedException {
    if (!node.isArray() || node.size() > TorchObjects.MOST_DIMENSIONS) {
      throw damaged("tensor '%s' lacks its shape or place".formatted(name));
    }
    long[] values = new long[node.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = node.get(i);
      if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
        throw damaged("tensor '%s' has a size or place that is no count".formatted(name));
      }
      values[i] = value.longValue();
    }
    return values;
  }

  private static void requireDense(Map<String, Place> places, long dataSize)
      throws RefusedException {
    long end = 0;
    List<Place> inOrder =
        places.values().stream()
            .sorted(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end))
            .toList();
    for (Place place : inOrder) {
      if (place.begin != end) {
        throw damaged(
            place.begin < end
                ? "two tensors overlap at byte " + place.begin
                : "%d bytes belong to no tensor".formatted(place.begin - end));
      }
      end = place.end;
    }
    if (end != dataSize) {
      throw damaged("%d bytes follow the last tensor".formatted(dataSize - end));
    }
  }

  private static RefusedException damaged(String how) {
    return RefusedException.damaged("is no intact safetensors file: " + how);
  }
}
