package io.alcedo.training.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes pickles by instruction, good and bad, and the two files that {@code torch.save} makes. */
final class Pickles {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static byte[] pickle(Consumer<Pickles> body) {
    Pickles pickles = new Pickles().raw(0x80, 2);
    body.accept(pickles);
    return pickles.raw('.').bytes();
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  Pickles raw(int... codes) {
    for (int code : codes) {
      out.write(code);
    }
    return this;
  }

  Pickles raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Pickles text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return raw('X').raw(little(4).putInt(bytes.length).array()).raw(bytes);
  }

  /** LONG1 of eight bytes. */
  Pickles number(long value) {
    return raw(0x8a, 8).raw(little(8).putLong(value).array());
  }

  Pickles global(String module, String name) {
    return raw('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  Pickles numbers(long... values) {
    raw('(');
    for (long value : values) {
      number(value);
    }
    return raw('t');
  }

  Pickles orderedDict() {
    return global("collections", "OrderedDict").raw(')', 'R');
  }

  /** A storage by its persistent id, as a legacy file has it. */
  Pickles storage(String type, String key, long elements) {
    return raw('(')
        .text("storage")
        .global("torch", type)
        .text(key)
        .text("cpu")
        .number(elements)
        .raw('N', 't', 'Q');
  }

  Pickles tensor(View view) {
    return global("torch._utils", "_rebuild_tensor_v2")
        .raw('(')
        .storage(view.type, view.key, view.elements)
        .number(view.offset)
        .numbers(view.shape)
        .numbers(view.stride)
        .raw(0x89)
        .orderedDict()
        .raw('t', 'R');
  }

  /** A dictionary of tensors. */
  static byte[] state(Map<String, View> tensors) {
    return pickle(
        p -> {
          p.raw('}', '(');
          tensors.forEach((name, view) -> p.text(name).tensor(view));
          p.raw('u');
        });
  }

  /** Arguments of {@code _rebuild_tensor_v2}. */
  record View(String type, String key, long elements, long offset, long[] shape, long[] stride) {
    /** All of a float storage as a vector. */
    static View vector(String key, long elements) {
      return new View("FloatStorage", key, elements, 0, new long[] {elements}, new long[] {1});
    }
  }

  static byte[] legacy(byte[] object, Map<String, byte[]> storages, int elementSize) {
    Pickles file = new Pickles();
    file.raw(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, '.');
    file.raw(0x80, 2, 'M', 0xe9, 3, '.');
    file.raw(pickle(p -> p.raw('}').text("little_endian").raw(0x88, 's')));
    file.raw(object);
    file.raw(
        pickle(
            p -> {
              p.raw(']', '(');
              storages.keySet().forEach(p::text);
              p.raw('e');
            }));
    storages
        .values()
        .forEach(data -> file.raw(little(8).putLong(data.length / elementSize).array()).raw(data));
    return file.bytes();
  }

  static byte[] zip(byte[] object, Map<String, byte[]> storages) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("top/data.pkl", object);
    storages.forEach((key, data) -> entries.put("top/data/" + key, data));
    entries.put("top/version", new byte[] {'3', '\n'});
    return zip(entries);
  }

  static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry stored = new ZipEntry(entry.getKey());
        CRC32 checksum = new CRC32();
        checksum.update(entry.getValue());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(entry.getValue().length);
        stored.setCrc(checksum.getValue());
        stored.setTime(0);
        zip.putNextEntry(stored);
        zip.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] floats(float... values) {
    byte[] bytes = new byte[Float.BYTES * values.length];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
