package io.alcedo.connectors.frames;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A stretch of one partition that has been fetched: the offsets from {@link #first} to before
 * {@link #next}. Bounded by bytes; the lowest offsets go first.
 */
final class ReadAhead {
  private final long maxBytes;
  private final TreeMap<Long, ConsumerRecord<byte[], byte[]>> records = new TreeMap<>();
  private long first;
  private long next;
  private long bytes;

  ReadAhead(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Begins anew at an offset. */
  void restart(long offset) {
    records.clear();
    bytes = 0;
    first = offset;
    next = offset;
  }

  /**
   * Appends what was fetched at {@link #next}.
   *
   * @param wanted offset that is looked for: it and what follows is not dropped
   */
  void add(ConsumerRecord<byte[], byte[]> record, long wanted) {
    records.put(record.offset(), record);
    bytes += size(record);
    next = record.offset() + 1;
    while (bytes > maxBytes && records.firstKey() < wanted) {
      Map.Entry<Long, ConsumerRecord<byte[], byte[]>> lowest = records.pollFirstEntry();
      bytes -= size(lowest.getValue());
      first = lowest.getKey() + 1;
    }
  }

  /** Nothing lies between {@link #next} and this offset. */
  void skipTo(long offset) {
    next = Math.max(next, offset);
  }

  boolean covers(long offset) {
    return first <= offset && offset < next;
  }

  /** The record at an offset that is covered; null if there is none. */
  ConsumerRecord<byte[], byte[]> at(long offset) {
    return records.get(offset);
  }

  /** The offset after the last one fetched. */
  long next() {
    return next;
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(0, record.serializedValueSize()) + 256L;
  }
}
