package io.alcedo.connectors.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The topics that join Alcedo's jobs, and how long they keep. */
public enum Topic {
  /**
   * Encoded images. Kept by size only: the record time is captureTime, so replayed video is older
   * than any time limit and would vanish in silence.
   */
  FRAMES(null, false),
  /** One JSON line for every frame. */
  DETECTIONS(Duration.ofDays(7), false),
  /** The same lines, with the tracks of their objects. */
  TRACKS(Duration.ofDays(7), false),
  /** Rules that came true. */
  ALERTS(Duration.ofDays(7), false),
  /** Sums over windows of time. */
  ANALYTICS(Duration.ofDays(7), false),
  /** Pictures of objects. */
  CROPS(Duration.ofDays(1), false),
  /** Vectors of these pictures. */
  EMBEDDINGS(Duration.ofDays(7), false),
  /** Tracked lines of one object each, and how new it is to its camera. */
  NOVELTY(Duration.ofDays(7), false),
  /** Revisions of rules. */
  RULES(null, true),
  /** Alerts of which nobody is to be told. */
  SNOOZES(null, true),
  /** Manifests of published models. */
  MODELS(null, true),
  /** Which model serves in which role. */
  DEPLOYMENTS(null, true),
  /** What happened to models: published, refused, taken over. */
  MODEL_EVENTS(Duration.ofDays(30), false),
  /** Revisions of cameras: where their pictures come from, and what they look at. */
  CAMERAS(null, true),
  /** Bytes that no stage could process. */
  DEAD_LETTERS(Duration.ofDays(7), false);

  /** Bytes a partition of {@link #FRAMES} keeps by default: 20 min of 8 cameras at 10 frames/s. */
  public static final long FRAME_BYTES = 4L << 30;

  private final Duration retention;
  private final boolean compacted;

  Topic(Duration retention, boolean compacted) {
    this.retention = retention;
    this.compacted = compacted;
  }

  /** Name without prefix. */
  public String baseName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Name under a prefix, which may be empty. */
  public String name(String prefix) {
    return prefix + baseName();
  }

  /** The topic's settings on the broker. */
  Map<String, String> settings(int maxRecordBytes) {
    Map<String, String> settings = new HashMap<>();
    settings.put("max.message.bytes", String.valueOf(maxRecordBytes));
    settings.put("cleanup.policy", compacted ? "compact" : "delete");
    settings.put("retention.ms", retention == null ? "-1" : String.valueOf(retention.toMillis()));
    if (this == FRAMES) {
      settings.put("retention.bytes", String.valueOf(FRAME_BYTES));
      settings.put("segment.bytes", String.valueOf(Math.max(64 << 20, maxRecordBytes)));
    } else {
      // Retention counts from here on, not from when an old video was taken.
      settings.put("message.timestamp.type", "LogAppendTime");
    }
    return settings;
  }
}
