package io.alcedo.app.index;

import java.util.Map;
import java.util.TreeMap;

/**
 * How far a log was read.
 *
 * @param log which one: a topic that is deleted and made again is another
 * @param next offset of the record to read next, by partition
 */
public record Offsets(String log, Map<Integer, Long> next) {
  /** Nothing was read of anything. */
  public static final Offsets NONE = new Offsets("", Map.of());

  private static final String LOG = "log";
  private static final String NEXT = "next.";

  public Offsets {
    next = Map.copyOf(next);
  }

  /** Where to go on in a partition; 0 if nothing was read of it. */
  public long next(int partition) {
    return next.getOrDefault(partition, 0L);
  }

  /** These, if they are of this log, else none of it. */
  public Offsets in(String wanted) {
    return log.equals(wanted) ? this : new Offsets(wanted, Map.of());
  }

  /** Where both have come to in the same log. */
  public Offsets earliest(Offsets other) {
    Map<Integer, Long> both = new TreeMap<>();
    next.forEach(
        (partition, offset) -> both.put(partition, Math.min(offset, other.next(partition))));
    return new Offsets(log, both);
  }

  /** These, or those of another reading of the same log where that has come further. */
  public Offsets furthest(Offsets other) {
    Map<Integer, Long> most = new TreeMap<>(next);
    if (log.equals(other.log)) {
      other.next.forEach((partition, offset) -> most.merge(partition, offset, Math::max));
    }
    return new Offsets(log, most);
  }

  /** As texts, to be kept beside what was made of the records. */
  Map<String, String> toTexts() {
    Map<String, String> texts = new TreeMap<>();
    texts.put(LOG, log);
    next.forEach((partition, offset) -> texts.put(NEXT + partition, String.valueOf(offset)));
    return texts;
  }

  static Offsets fromTexts(Map<String, String> texts) {
    Map<Integer, Long> next = new TreeMap<>();
    texts.forEach(
        (key, text) -> {
          if (key.startsWith(NEXT)) {
            next.put(Integer.valueOf(key.substring(NEXT.length())), Long.valueOf(text));
          }
        });
    return new Offsets(texts.getOrDefault(LOG, ""), next);
  }
}
