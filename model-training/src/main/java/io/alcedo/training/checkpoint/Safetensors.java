package io.alcedo.training.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.ops.HalfFloat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads and writes the safetensors format: 8 bytes length, a JSON header, raw little-endian data.
 * Nothing is allocated for a size that the file itself does not have.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";

  private Safetensors() {}

  /**
   * One tensor.
   *
   * @param type F32, F16, I64, …
   * @param data little-endian, row-major
   */
  public record Entry(String type, long[] shape, ByteBuffer data) {
    /** Elements as float32; of F32 and F16. */
    public float[] floats() {
      ByteBuffer bytes = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
      float[] values = new float[bytes.remaining() / bytes(type)];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (type) {
              case "F32" -> bytes.getFloat();
              case "F16" -> HalfFloat.toFloat(bytes.getShort());
              case "U8" -> bytes.get() & 0xff;
              case "I8" -> bytes.get();
              case "I64" -> bytes.getLong();
              default ->
                  throw new InvalidInputException("tensor of type " + type + " is no float tensor");
            };
      }
      return values;
    }

    /** Elements of an I64 tensor. */
    public long[] longs() {
      if (!type.equals("I64")) {
        throw new InvalidInputException("tensor of type " + type + " is no I64 tensor");
      }
      long[] values = new long[data.remaining() / Long.BYTES];
      data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(values);
      return values;
    }
  }

  /**
   * A file's content.
   *
   * @param metadata free texts
   * @param tensors by name, in the order of the header
   */
  public record Content(Map<String, String> metadata, Map<String, Entry> tensors) {}

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it is no safetensors file, or damaged
   */
  public static Content read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < Long.BYTES) {
        throw damaged(file, "it has " + size + " bytes");
      }
      long headerSize = bytes(channel, 0, Long.BYTES).getLong();
      if (headerSize < 2 || headerSize > size - Long.BYTES) {
        throw damaged(file, "its header claims " + Long.toUnsignedString(headerSize) + " bytes");
      }
      ByteBuffer text = bytes(channel, Long.BYTES, headerSize);
      JsonNode header = JSON.readTree(StandardCharsets.UTF_8.decode(text).toString());
      long start = Long.BYTES + headerSize;
      return content(file, header, bytes(channel, start, size - start));
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is no JSON");
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read (%s)".formatted(file, e.getClass().getSimpleName()), e);
    }
  }

  private static Content content(Path file, JsonNode header, ByteBuffer data) {
    if (!header.isObject()) {
      throw damaged(file, "its header is no JSON object");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Entry> tensors = new LinkedHashMap<>();
    header
        .properties()
        .forEach(
            field -> {
              if (field.getKey().equals(METADATA)) {
                field
                    .getValue()
                    .properties()
                    .forEach(text -> metadata.put(text.getKey(), text.getValue().asText()));
              } else {
                tensors.put(field.getKey(), entry(file, field.getKey(), field.getValue(), data));
              }
            });
    return new Content(metadata, Collections.unmodifiableMap(tensors));
  }

  private static Entry entry(Path file, String name, JsonNode node, ByteBuffer data) {
    String type = node.path("dtype").asText();
    JsonNode offsets = node.path("data_offsets");
    long begin = offsets.path(0).asLong(-1);
    long end = offsets.path(1).asLong(-1);
    if (begin < 0 || end < begin || end > data.limit()) {
      throw damaged(file, "tensor '%s' lies at %d to %d".formatted(name, begin, end));
    }
    long[] shape = new long[node.path("shape").size()];
    long count = 1;
    try {
      for (int i = 0; i < shape.length; i++) {
        shape[i] = node.path("shape").path(i).asLong(-1);
        count = Math.multiplyExact(count, shape[i]);
        if (shape[i] < 0) {
          throw damaged(file, "tensor '%s' has a negative size".formatted(name));
        }
      }
    } catch (ArithmeticException e) {
      throw damaged(file, "tensor '%s' has an impossible shape".formatted(name));
    }
    if (bytes(type) == 0 || count * bytes(type) != end - begin) {
      throw damaged(
          file,
          "tensor '%s' has %d bytes, type %s with %d elements needs others"
              .formatted(name, end - begin, type, count));
    }
    return new Entry(type, shape, data.slice((int) begin, (int) (end - begin)));
  }

  /** Writes float32 tensors; the file appears whole or not at all. */
  public static void write(
      Path file,
      Map<String, String> metadata,
      Map<String, float[]> values,
      Map<String, long[]> shapes)
      throws IOException {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = header.putObject(METADATA);
      metadata.forEach(texts::put);
    }
    long offset = 0;
    for (Map.Entry<String, float[]> tensor : values.entrySet()) {
      ObjectNode node = header.putObject(tensor.getKey());
      node.put("dtype", "F32");
      for (long side : shapes.get(tensor.getKey())) {
        node.withArray("shape").add(side);
      }
      if (shapes.get(tensor.getKey()).length == 0) {
        node.putArray("shape");
      }
      long end = offset + 4L * tensor.getValue().length;
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      byte[] text = JSON.writeValueAsBytes(header);
      write(channel, little(Long.BYTES).putLong(text.length).flip());
      write(channel, ByteBuffer.wrap(text));
      for (float[] tensor : values.values()) {
        ByteBuffer bytes = little(4 * tensor.length);
        bytes.asFloatBuffer().put(tensor);
        write(channel, bytes);
      }
    }
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static int bytes(String type) {
    return switch (type) {
      case "F64", "I64", "U64" -> 8;
      case "F32", "I32", "U32" -> 4;
      case "F16", "BF16", "I16", "U16" -> 2;
      case "I8", "U8", "BOOL" -> 1;
      default -> 0;
    };
  }

  private static ByteBuffer bytes(FileChannel channel, long position, long size)
      throws IOException {
    ByteBuffer bytes = little(Math.toIntExact(size));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("file became shorter");
      }
    }
    return bytes.flip();
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static InvalidInputException damaged(Path file, String how) {
    return new InvalidInputException(
        "%s: is no intact safetensors file: %s. Download or export it again.".formatted(file, how));
  }
}
