package io.alcedo.app.local;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.event.ModelEvent.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Counts what the topics hold: frames published (by the sessions' ends) = lines ok + dropped +
 * dead, and with an encoder crops = embedded + dead.
 */
public final class Accounting {
  private final boolean crops;
  private final boolean vectors;
  private final boolean models;
  private final Map<LineStatus, Long> lines = new EnumMap<>(LineStatus.class);
  private final Map<LineStatus, Map<String, Long>> reasons = new EnumMap<>(LineStatus.class);
  private final Map<String, Long> deadLetters = new TreeMap<>();
  private final Set<String> encoders = new TreeSet<>();
  private final Map<Kind, Long> events = new EnumMap<>(Kind.class);
  private long published;
  private long objects;
  private long alerts;
  private long cut;
  private long embedded;

  /**
   * Begins.
   *
   * @param crops whether pictures of objects are cut out
   * @param vectors whether these become vectors
   * @param models whether models are exchanged
   */
  Accounting(boolean crops, boolean vectors, boolean models) {
    this.crops = crops;
    this.vectors = vectors;
    this.models = models;
  }

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

  void addCrop() {
    cut++;
  }

  void add(Embedding embedding) {
    embedded++;
    encoders.add(embedding.encoder());
  }

  void add(ModelEvent event) {
    events.merge(event.kind(), 1L, Long::sum);
  }

  void addDeadLetter(String stage) {
    deadLetters.merge(stage, 1L, Long::sum);
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

  /** Pictures of tracked objects. */
  public long crops() {
    return cut;
  }

  /** Vectors of these pictures. */
  public long embedded() {
    return embedded;
  }

  /** Crops that are no picture or have no vector. */
  public long deadCrops() {
    return deadLetters.getOrDefault("embed", 0L);
  }

  /** Encoders that made vectors. */
  public int encoders() {
    return encoders.size();
  }

  /** What happened to models. */
  public long events(Kind kind) {
    return events.getOrDefault(kind, 0L);
  }

  /** Lines for people: about frames and, if there are any, about crops and models. */
  public List<String> summary() {
    List<String> summary = new ArrayList<>();
    summary.add(
        "frames %d = ok %d + dropped %s + dead %s; objects %d, alerts %d%s"
            .formatted(
                published,
                lines(LineStatus.OK),
                withReasons(LineStatus.DROPPED),
                withReasons(LineStatus.DEAD),
                objects,
                alerts,
                areFramesBalanced() ? "" : "  (NOT BALANCED)"));
    long undelivered =
        deadLetters.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("deliver:"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    if (undelivered > 0) {
      summary.add("alerts not delivered (dead letters say why) " + undelivered);
    }
    if (crops) {
      summary.add(cropSummary());
    }
    if (models) {
      summary.add(
          "models published %d, rejected %d, taken over %d, refused %d"
              .formatted(
                  events(Kind.PUBLISHED),
                  events(Kind.REJECTED),
                  events(Kind.TAKEN_OVER),
                  events(Kind.REFUSED)));
    }
    return summary;
  }

  private String cropSummary() {
    String text = "crops " + cut;
    if (vectors) {
      text +=
          " = embedded %d%s + dead %d%s"
              .formatted(
                  embedded,
                  encoders.size() < 2 ? "" : " by %d encoders".formatted(encoders.size()),
                  deadCrops(),
                  areCropsBalanced() ? "" : "  (NOT BALANCED)");
    }
    long lost = deadLetters.getOrDefault("crop", 0L);
    return lost == 0 ? text : text + "; not cut (dead letters say why) " + lost;
  }

  /** Whether every frame that was published has its line, and every crop its vector or letter. */
  public boolean isBalanced() {
    return areFramesBalanced() && areCropsBalanced();
  }

  private boolean areFramesBalanced() {
    return published == frameLines();
  }

  private boolean areCropsBalanced() {
    return !vectors || cut == embedded + deadCrops();
  }

  private String withReasons(LineStatus status) {
    String text = String.valueOf(lines(status));
    return reasons.containsKey(status) ? text + " " + reasons.get(status) : text;
  }
}
