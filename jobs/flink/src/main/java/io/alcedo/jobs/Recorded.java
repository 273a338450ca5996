package io.alcedo.jobs;

import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.registry.CompactedTopic;
import io.alcedo.operators.stream.control.Revised;
import io.alcedo.operators.stream.control.Revisions;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.scene.CameraSpec;
import java.util.List;

/**
 * What is known of rules and cameras before a job begins: all revisions.
 *
 * @param rules all revisions of all rules
 * @param cameras the same of cameras
 */
public record Recorded(List<RuleSpec> rules, List<CameraSpec> cameras) {
  public Recorded {
    rules = List.copyOf(rules);
    cameras = List.copyOf(cameras);
  }

  /**
   * Those of a file, and what the topics {@code rules} and {@code cameras} have by now.
   *
   * @throws IllegalStateException if the cluster cannot be reached
   */
  public static Recorded of(KafkaSettings kafka, List<RuleSpec> rules, List<CameraSpec> cameras) {
    return new Recorded(
        all(kafka, RuleSpec.REVISIONS, rules), all(kafka, CameraSpec.REVISIONS, cameras));
  }

  static <T extends Revised> List<T> all(
      KafkaSettings kafka, Revisions<T> revisions, List<T> seeds) {
    try (CompactedTopic topic = CompactedTopic.read(kafka, revisions.topic())) {
      return revisions.all(seeds, Revisions.texts(topic.values()));
    }
  }
}
