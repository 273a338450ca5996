package io.alcedo.app.index;

import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.event.FrameSize;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.registry.CompactedTopic;
import io.alcedo.operators.stream.control.Revisions;
import io.alcedo.operators.stream.scene.CameraSpec;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
import io.alcedo.operators.stream.scene.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** In which zones of its camera's picture an object stood, as the scenes are known now. */
final class LiveScenes implements AutoCloseable {
  private final List<CameraSpec> known;
  private final CompactedTopic topic;
  private SceneHistory scenes;

  /**
   * Reads the topic {@code cameras} to its end.
   *
   * @param known scenes that a file names
   */
  LiveScenes(KafkaSettings kafka, List<Scene> known) {
    this.known = known.stream().map(CameraSpec::of).toList();
    topic = CompactedTopic.read(kafka, CameraSpec.REVISIONS.topic());
    read();
  }

  private void read() {
    scenes = SceneHistory.of(CameraSpec.REVISIONS.all(known, Revisions.texts(topic.values())));
  }

  /** Takes in what is new; returns at once. */
  void poll() {
    if (!topic.poll(Duration.ZERO).isEmpty()) {
      read();
    }
  }

  /** By where its box touches the ground; none if that is not known. */
  Set<String> zones(Embedding embedding) {
    Box box = embedding.box();
    FrameSize frame = embedding.frameSize();
    if (box == null || frame == null) {
      return Set.of();
    }
    return scenes.at(embedding.camera(), embedding.captureTime()).zones().stream()
        .filter(zone -> zone.contains(box.centerX(), box.bottom(), frame.width(), frame.height()))
        .map(Zone::name)
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    topic.close();
  }
}
