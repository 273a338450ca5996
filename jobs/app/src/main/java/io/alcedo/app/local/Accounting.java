package io.alcedo.app.local;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what the topics hold: frames published (by the sessions' ends) = lines ok + dropped +
 * dead.
 */
public final class Accounting {
  private final Map<LineStatus, Long> lines = new EnumMap<>(LineStatus.class);
  private final Map<LineStatus, Map<String, Long>> reasons = new EnumMap<>(LineStatus.class);
  private long published;
  private long objects;
  private long alerts;

  void add(DetectionLine line) {
    lines.merge(line.status(), 1L, Long::sum);
    if (line.reason() != null) {
      // What is the same for all frames of a kind comes before the particulars.
      String kind = line.reason().replaceFirst("[:,(].*", "").strip();
      reasons.computeIfAbsent(line.status(), unused -> new TreeMap<>()).merge(kind, 1L, Long::sum);
    }
    objects += line.objects().size();
    if (line.status() == LineStatus.END) {
      published += line.frame().sequence();
    }
  }

  void addAlert() {
    alerts++;
  }

  /** Lines of one status. */
  public long lines(LineStatus status) {
    return lines.getOrDefault(status, 0L);
  }

  /** Lines about frames. */
  public long frameLines() {
    return lines(LineStatus.OK) + lines(LineStatus.DROPPED) + lines(LineStatus.DEAD);
  }

  /** Frames of the sessions that have ended. */
  public long published() {
    return published;
  }

  public long objects() {
    return objects;
  }

  public long alerts() {
    return alerts;
  }

  /** One line for people. */
  public String summary() {
    return "frames %d = ok %d + dropped %s + dead %s; objects %d, alerts %d%s"
        .formatted(
            published,
            lines(LineStatus.OK),
            withReasons(LineStatus.DROPPED),
            withReasons(LineStatus.DEAD),
            objects,
            alerts,
            isBalanced() ? "" : "  (NOT BALANCED)");
  }

  /** Whether every frame that was published has its line. */
  public boolean isBalanced() {
    return published == frameLines();
  }

  private String withReasons(LineStatus status) {
    String text = String.valueOf(lines(status));
    return reasons.containsKey(status) ? text + " " + reasons.get(status) : text;
  }
}
