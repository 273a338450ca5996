package io.alcedo.jobs;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicRange;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * A part of the past that is processed once more, beside what is live.
 *
 * @param name of its topics, consumer group and transactions, which are its own: 1 to 64 letters,
 *     digits, '_' or '-'
 * @param from capture time of the first line
 * @param to capture time before which it ends
 * @param frames whether the recorded frames are looked at again; else the recorded lines are taken
 */
public record Replay(String name, Instant from, Instant to, boolean frames)
    implements Serializable {
  /** A line is appended after it was captured, unless its camera's clock is ahead: by this much. */
  static final Duration CLOCK_AHEAD = Duration.ofMinutes(10);

  public Replay {
    if (name == null || !name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new InvalidInputException(
          "the replay's name is '%s', expected 1 to 64 letters, digits, '_' or '-'"
              .formatted(name));
    }
    if (!from.isBefore(to)) {
      throw new InvalidInputException(
          "the replay is from %s to %s: from must be before to".formatted(from, to));
    }
  }

  /** Whether something captured then belongs to it. */
  public boolean covers(Instant captureTime) {
    return !captureTime.isBefore(from) && captureTime.isBefore(to);
  }

  /** The topic that is read. */
  public Topic source() {
    return frames ? Topic.FRAMES : Topic.DETECTIONS;
  }

  /**
   * Where in that topic all of it lies: from a record time on to what is committed now.
   *
   * @throws InvalidInputException if the cluster cannot be reached
   */
  public TopicRange range(KafkaSettings live) {
    return TopicRange.since(live, source(), frames ? from : from.minus(CLOCK_AHEAD));
  }

  /** Where the results go: the same cluster, topics of its own. */
  public KafkaSettings results(KafkaSettings live) {
    return live.below("replay-" + name + "-");
  }

  /** Topics that get results. */
  public Set<Topic> resultTopics() {
    return frames
        ? EnumSet.of(
            Topic.DETECTIONS, Topic.TRACKS, Topic.ALERTS, Topic.ANALYTICS, Topic.DEAD_LETTERS)
        : EnumSet.of(Topic.TRACKS, Topic.ALERTS, Topic.ANALYTICS);
  }
}
