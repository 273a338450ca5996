package io.alcedo.connectors.frames;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.event.FrameRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The newest frames in memory, bounded by the bytes of their pictures, for the local run. */
public final class RingFrameStore implements FrameStore {
  private final long maxBytes;
  private final Map<FrameRef, CameraRecord> kept = new HashMap<>();
  private final Deque<CameraRecord> byAge = new ArrayDeque<>();
  private final Map<Log, Long> gone = new HashMap<>();
  private long bytes;

  private record Log(String topic, int partition) {
    static Log of(FrameRef ref) {
      return new Log(ref.topic(), ref.partition());
    }
  }

  /**
   * An empty ring.
   *
   * @param maxBytes of all pictures together; the newest frame is kept even if it is larger
   */
  public RingFrameStore(long maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException(
          "a ring of %d bytes holds nothing, expected 1 or more".formatted(maxBytes));
    }
    this.maxBytes = maxBytes;
  }

  /**
   * Keeps a record that has its place in the log, if it is a frame; those of one partition in
   * order.
   */
  public synchronized void add(CameraRecord record) {
    if (record.kind() != Kind.FRAME || kept.putIfAbsent(record.ref(), record) != null) {
      return;
    }
    gone.putIfAbsent(Log.of(record.ref()), record.ref().offset() - 1);
    byAge.addLast(record);
    bytes += record.image().length;
    while (bytes > maxBytes && byAge.size() > 1) {
      evictOldest();
    }
  }

  private void evictOldest() {
    CameraRecord oldest = byAge.removeFirst();
    kept.remove(oldest.ref());
    gone.merge(Log.of(oldest.ref()), oldest.ref().offset(), Math::max);
    bytes -= oldest.image().length;
  }

  @Override
  public synchronized FrameLookup find(FrameRef ref) {
    CameraRecord frame = kept.get(ref);
    if (frame != null) {
      return new FrameLookup.Found(frame);
    }
    return ref.offset() <= gone.getOrDefault(Log.of(ref), -1L)
        ? new FrameLookup.Expired()
        : new FrameLookup.Absent();
  }

  @Override
  public synchronized void close() {
    kept.clear();
    byAge.clear();
    bytes = 0;
  }
}
