package io.alcedo.training.checkpoint;

import io.alcedo.training.checkpoint.TensorView.Storage;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code torch.save} before PyTorch 1.6: five pickles (magic number, protocol 1001, facts about the
 * machine, the object, the storages' keys), then for each key an int64 count and the raw elements.
 */
final class TorchLegacy {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long PROTOCOL = 1001;

  private TorchLegacy() {}

  static Contents read(FileChannel channel) throws IOException {
    ByteBuffer head = head(channel);
    if (!MAGIC.equals(PickleReader.read(head, PickleReader.PLAIN))) {
      throw RefusedException.damaged("is a pickle without PyTorch's magic number");
    }
    if (!Long.valueOf(PROTOCOL).equals(PickleReader.read(head, PickleReader.PLAIN))) {
      throw RefusedException.damaged("is of another protocol than " + PROTOCOL);
    }
    Map<?, ?> machine = PickleReader.expect(Map.class, PickleReader.read(head, PickleReader.PLAIN));
    if (!Boolean.TRUE.equals(machine.get("little_endian"))) {
      throw new RefusedException("was written big-endian. Save it again on a usual machine.");
    }
    TorchObjects objects = new TorchObjects();
    Object object = PickleReader.read(head, objects);
    List<?> keys = PickleReader.expect(List.class, PickleReader.read(head, PickleReader.PLAIN));
    Map<String, StorageBytes> storages = locate(channel, head.position(), keys, objects.storages());
    return Contents.of(TorchState.of(object), storages);
  }

  /** The pickles have no length in front; they are small, and at the beginning. */
  private static ByteBuffer head(FileChannel channel) throws IOException {
    long size = Math.min(channel.size(), Contents.MOST_HEADER_BYTES);
    ByteBuffer head = ByteBuffer.allocate((int) size);
    StorageBytes.in(channel, 0).read(0, head);
    return head.flip();
  }

  private static Map<String, StorageBytes> locate(
      FileChannel channel, long start, List<?> keys, Map<String, Storage> expected)
      throws IOException {
    Map<String, StorageBytes> places = new HashMap<>();
    long at = start;
    for (Object key : keys) {
      Storage storage = key instanceof String ? expected.get(key) : null;
      if (storage == null || places.containsKey(key)) {
        throw RefusedException.damaged("its list of storages has one too many");
      }
      at = locate(channel, at, storage, places);
    }
    if (places.size() < expected.size()) {
      List<String> missing = new ArrayList<>(expected.keySet());
      missing.removeAll(places.keySet());
      throw RefusedException.damaged(
          "%d storages are missing, such as %s"
              .formatted(missing.size(), RefusedException.printable(missing.get(0))));
    }
    if (at != channel.size()) {
      throw RefusedException.damaged(
          "%d bytes follow the last tensor".formatted(channel.size() - at));
    }
    return places;
  }

  private static long locate(
      FileChannel channel, long at, Storage storage, Map<String, StorageBytes> places)
      throws IOException {
    long left = channel.size() - at - Long.BYTES;
    if (left < storage.bytes()) {
      throw RefusedException.damaged(
          "breaks off: storage %s needs %d bytes, %d are left"
              .formatted(
                  RefusedException.printable(storage.key()), storage.bytes(), Math.max(0, left)));
    }
    ByteBuffer count = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    StorageBytes.in(channel, at).read(0, count);
    if (count.getLong(0) != storage.elements()) {
      throw RefusedException.damaged(
          "storage %s has %d elements, its reference says %d"
              .formatted(
                  RefusedException.printable(storage.key()), count.getLong(0), storage.elements()));
    }
    places.put(storage.key(), StorageBytes.in(channel, at + Long.BYTES));
    return at + Long.BYTES + storage.bytes();
  }
}
