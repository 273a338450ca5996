package io.alcedo.app.index;

import io.alcedo.connectors.event.Crop;
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
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** In which zones of its camera's picture an object stood, as the scenes are known now. */
final class LiveScenes implements AutoCloseable {
  private final List<CameraSpec> known;
  private final CompactedTopic topic;
  private volatile SceneHistory scenes;

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
    return zones(
        scenes,
        embedding.camera(),
        embedding.captureTime(),
        embedding.box(),
        embedding.frameSize());
  }

  /** By where its box touches the ground; none if that is not known. From any thread. */
  Set<String> zones(Crop crop) {
    return zones(scenes, crop);
  }

  static Set<String> zones(SceneHistory scenes, Crop crop) {
    return zones(scenes, crop.frame().camera(), crop.captureTime(), crop.box(), crop.frameSize());
  }

  private static Set<String> zones(
      SceneHistory scenes, String camera, Instant time, Box box, FrameSize frame) {
    if (box == null || frame == null) {
      return Set.of();
    }
    return scenes.at(camera, time).zones().stream()
        .filter(zone -> zone.contains(box.centerX(), box.bottom(), frame.width(), frame.height()))
        .map(Zone::name)
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    topic.close();
  }
}
