package io.alcedo.training.checkpoint;

import io.alcedo.training.checkpoint.TensorView.Storage;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * {@code torch.save} since PyTorch 1.6: a zip archive with {@code <top>/data.pkl} and one entry
 * {@code <top>/data/<key>} for each storage, all stored without compression. The name of the top
 * folder is free. Checksums are verified, which PyTorch itself does not do.
 */
final class TorchZip {
  private static final String PICKLE = "/data.pkl";
  private static final int CHUNK = 1 << 16;

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

  private TorchZip(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Reads the directory and the pickle.
   *
   * @param fileSize bytes
   */
  static Contents read(ZipFile zip, long fileSize) throws IOException {
    return new TorchZip(zip).read(fileSize);
  }

  private Contents read(long fileSize) throws IOException {
    list(fileSize);
    String top = top();
    if (entries.containsKey(top + "/constants.pkl")) {
      throw new RefusedException(
          "is a TorchScript archive, which holds code. Save model.state_dict() instead.");
    }
    ZipEntry order = entries.get(top + "/byteorder");
    if (order != null
        && !new String(bytes(order).array(), StandardCharsets.UTF_8).equals("little")) {
      throw new RefusedException("was written big-endian. Save it again on a usual machine.");
    }
    byte[] chunk = new byte[CHUNK];
    for (ZipEntry entry : entries.values()) {
      verify(entry, chunk);
    }
    TorchObjects objects = new TorchObjects();
    Object object = PickleReader.read(bytes(entries.get(top + PICKLE)), objects);
    Map<String, StorageBytes> storages = new HashMap<>();
    for (Storage storage : objects.storages().values()) {
      storages.put(storage.key(), locate(top, storage));
    }
    return Contents.of(TorchState.of(object), storages);
  }

  private void list(long fileSize) throws RefusedException {
    long sum = 0;
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = RefusedException.printable(entry.getName());
      if (entries.put(entry.getName(), entry) != null) {
        throw RefusedException.damaged("has two entries %s".formatted(name));
      }
      if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
        throw new RefusedException(
            "entry %s is compressed, which torch.save never does. Unpack the archive and look inside."
                .formatted(name));
      }
      sum += entry.getSize();
      if (entry.getSize() > fileSize || sum > fileSize) {
        // Otherwise many entries could share their bytes, and reading them would take for ever.
        throw RefusedException.damaged(
            "its entries claim more than the file's %d bytes".formatted(fileSize));
      }
    }
  }

  private String top() throws RefusedException {
    String top = null;
    for (String name : entries.keySet()) {
      if (name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length()) {
        if (top != null) {
          throw RefusedException.damaged("has two checkpoints in one archive");
        }
        top = name.substring(0, name.length() - PICKLE.length());
      }
    }
    if (top == null) {
      throw new RefusedException(
          "is a zip archive without data.pkl, no checkpoint of PyTorch. Unpack it and look inside.");
    }
    return top;
  }

  private StorageBytes locate(String top, Storage storage) throws RefusedException {
    ZipEntry entry = entries.get(top + "/data/" + storage.key());
    String key = RefusedException.printable(storage.key());
    if (entry == null) {
      throw RefusedException.damaged("storage %s is missing".formatted(key));
    }
    if (entry.getSize() != storage.bytes()) {
      throw RefusedException.damaged(
          "storage %s has %d bytes, its reference says %d"
              .formatted(key, entry.getSize(), storage.bytes()));
    }
    return (position, into) -> {
      try (InputStream in = zip.getInputStream(entry)) {
        in.skipNBytes(position);
        int wanted = into.remaining();
        int count = in.readNBytes(into.array(), into.arrayOffset() + into.position(), wanted);
        if (count < wanted) {
          throw new EOFException("the file became shorter");
        }
        into.position(into.position() + wanted);
      }
    };
  }

  private void verify(ZipEntry entry, byte[] chunk) throws IOException {
    CRC32 checksum = new CRC32();
    long size = 0;
    try (InputStream in = zip.getInputStream(entry)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        checksum.update(chunk, 0, count);
        size += count;
      }
    }
    if (size != entry.getSize() || checksum.getValue() != entry.getCrc()) {
      throw RefusedException.damaged(
          "entry %s does not match its checksum"
              .formatted(RefusedException.printable(entry.getName())));
    }
  }

  private ByteBuffer bytes(ZipEntry entry) throws IOException {
    if (entry.getSize() > Contents.MOST_HEADER_BYTES) {
      throw new RefusedException(
          "entry %s has %d bytes, at most %d are read. Save the weights as safetensors."
              .formatted(
                  RefusedException.printable(entry.getName()),
                  entry.getSize(),
                  Contents.MOST_HEADER_BYTES));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return ByteBuffer.wrap(in.readNBytes((int) entry.getSize()));
    }
  }
}
