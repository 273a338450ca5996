package io.alcedo.training.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.ops.HalfFloat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads and writes whole files of the safetensors format: 8 bytes length, a JSON header, raw
 * little-endian data. {@link TensorFile} reads tensor by tensor, and other formats too.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Readers that map the file want aligned data. */
  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /**
   * One tensor.
   *
   * @param type F32, F16, I64, …
   * @param data little-endian, row-major
   */
  public record Entry(String type, long[] shape, ByteBuffer data) {
    /** A float32 tensor. */
    public static Entry of(float[] values, long... shape) {
      return new Entry(TensorType.F32.name(), shape, encoded(values, TensorType.F32));
    }

    /** An int64 tensor. */
    public static Entry of(long[] values, long... shape) {
      ByteBuffer bytes = little(Long.BYTES * values.length);
      bytes.asLongBuffer().put(values);
      return new Entry(TensorType.I64.name(), shape, bytes);
    }

    /** Elements as float32; wider types lose digits. */
    public float[] floats() {
      return TensorType.valueOf(type).floats(data);
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
    try (TensorFile open = TensorFile.open(file)) {
      if (open.format() != TensorFile.Format.SAFETENSORS) {
        throw new InvalidInputException(
            "%s: is no safetensors file. Convert it by ./alcedo models import.".formatted(file));
      }
      Map<String, Entry> entries = new LinkedHashMap<>();
      open.tensors()
          .forEach(
              (name, tensor) ->
                  entries.put(
                      name, new Entry(tensor.type().name(), tensor.shape(), tensor.read())));
      return new Content(open.metadata(), entries);
    }
  }

  /** Writes float32 tensors; the file appears whole or not at all. */
  public static void write(
      Path file,
      Map<String, String> metadata,
      Map<String, float[]> values,
      Map<String, long[]> shapes)
      throws IOException {
    write(file, metadata, values, shapes, shape -> TensorType.F32);
  }

  /**
   * Writes tensors for keeping: matrices and kernels as float16, vectors, which are few and hold
   * statistics, as float32; the file appears whole or not at all.
   */
  public static void writeHalf(
      Path file,
      Map<String, String> metadata,
      Map<String, float[]> values,
      Map<String, long[]> shapes)
      throws IOException {
    write(
        file,
        metadata,
        values,
        shapes,
        shape -> shape.length > 1 ? TensorType.F16 : TensorType.F32);
  }

  private static void write(
      Path file,
      Map<String, String> metadata,
      Map<String, float[]> values,
      Map<String, long[]> shapes,
      Function<long[], TensorType> typeOf)
      throws IOException {
    Header header = new Header(metadata);
    values.forEach(
        (name, tensor) -> {
          TensorType type = typeOf.apply(shapes.get(name));
          header.add(name, type, shapes.get(name), (long) type.bytes() * tensor.length);
        });
    write(
        file,
        header,
        channel -> {
          for (Map.Entry<String, float[]> tensor : values.entrySet()) {
            TensorType type = typeOf.apply(shapes.get(tensor.getKey()));
            put(channel, encoded(tensor.getValue(), type));
          }
        });
  }

  private static ByteBuffer encoded(float[] values, TensorType type) {
    ByteBuffer bytes = little(type.bytes() * values.length);
    for (float value : values) {
      if (type == TensorType.F16) {
        bytes.putShort(HalfFloat.of(value));
      } else {
        bytes.putFloat(value);
      }
    }
    return bytes.flip();
  }

  /**
   * Writes tensors of an open file in their own types, one after the other; the file appears whole
   * or not at all.
   */
  public static void write(
      Path file, Map<String, String> metadata, Map<String, StoredTensor> tensors)
      throws IOException {
    Header header = new Header(metadata);
    tensors.forEach(
        (name, tensor) -> header.add(name, tensor.type(), tensor.shape(), tensor.bytes()));
    write(
        file,
        header,
        channel -> {
          for (StoredTensor tensor : tensors.values()) {
            put(channel, tensor.read());
          }
        });
  }

  /** Writes tensors in their own types; the file appears whole or not at all. */
  public static void writeEntries(
      Path file, Map<String, String> metadata, Map<String, Entry> tensors) throws IOException {
    Header header = new Header(metadata);
    tensors.forEach(
        (name, entry) ->
            header.add(
                name, TensorType.valueOf(entry.type()), entry.shape(), entry.data().remaining()));
    write(
        file,
        header,
        channel -> {
          for (Entry entry : tensors.values()) {
            put(channel, entry.data().duplicate());
          }
        });
  }

  private interface Body {
    void write(FileChannel channel) throws IOException;
  }

  private static void write(Path file, Header header, Body body) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      byte[] text = header.bytes();
      put(channel, little(Long.BYTES).putLong(text.length).flip());
      put(channel, ByteBuffer.wrap(text));
      body.write(channel);
    }
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static final class Header {
    private final ObjectNode root = JSON.createObjectNode();
    private long offset;

    Header(Map<String, String> metadata) {
      if (!metadata.isEmpty()) {
        metadata.forEach(root.putObject(SafetensorsHeader.METADATA)::put);
      }
    }

    void add(String name, TensorType type, long[] shape, long bytes) {
      if (name.equals(SafetensorsHeader.METADATA)) {
        throw new InvalidInputException(
            "a tensor is named %s, which safetensors keeps for itself. Rename it.".formatted(name));
      }
      ObjectNode node = root.putObject(name);
      node.put("dtype", type.name());
      ArrayNode sides = node.putArray("shape");
      Arrays.stream(shape).forEach(sides::add);
      node.putArray("data_offsets").add(offset).add(offset + bytes);
      offset += bytes;
    }

    byte[] bytes() throws IOException {
      String text = JSON.writeValueAsString(root);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      int size = (bytes.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      byte[] padded = Arrays.copyOf(bytes, size);
      Arrays.fill(padded, bytes.length, size, (byte) ' ');
      return padded;
    }
  }

  private static void put(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
