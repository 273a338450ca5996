package io.alcedo.app.local;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.camera.JpegSettings;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.registry.CompactedTopic;
import io.alcedo.operators.stream.control.Revisions;
import io.alcedo.operators.stream.scene.CameraSpec;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The cameras of a run, as the topic {@code cameras} has them. In a run of live cameras one that is
 * put there is started, one that is removed ends its session, one whose address changes ends it and
 * begins another. What the topic does not speak of stays as it was planned. For one thread.
 */
final class CameraControl implements AutoCloseable {
  /** What the topic says of where a camera's pictures come from; null where it does not. */
  private record Source(String address, String pace, JpegSettings jpeg, boolean isRemoved) {
    static final Source AS_PLANNED = new Source(null, null, null, false);
    static final Source REMOVED = new Source(null, null, null, true);
  }

  private final LocalRunPlan plan;
  private final Publishers publishers;
  private final RunListener listener;
  private final CompactedTopic topic;
  private final Map<String, Source> sources = new HashMap<>(); // by camera, as they are now
  private List<CameraSpec> cameras;
  private SceneHistory scenes;

  /** Reads the topic to its end. */
  CameraControl(
      KafkaSettings kafka, LocalRunPlan plan, Publishers publishers, RunListener listener) {
    this.plan = plan;
    this.publishers = publishers;
    this.listener = listener;
    topic = CompactedTopic.read(kafka, CameraSpec.REVISIONS.topic());
    read();
  }

  private void read() {
    cameras =
        CameraSpec.REVISIONS.all(
            plan.source().scenes().stream().map(CameraSpec::of).toList(),
            Revisions.texts(topic.values()));
    scenes = SceneHistory.of(cameras);
  }

  /** What the cameras look at, so far as it is known. */
  SceneHistory scenes() {
    return scenes;
  }

  /** Prepares the cameras with which the run begins. */
  void begin(Instant now) {
    plan.source().cameras().forEach(publishers::addFirst);
    turnAll(now);
  }

  /** Takes in what is new, and what holds from now on; returns at once. */
  void poll(Instant now) {
    if (!topic.poll(Duration.ZERO).isEmpty()) {
      read();
    }
    turnAll(now);
  }

  private void turnAll(Instant now) {
    if (!plan.source().isLive()) {
      return;
    }
    TreeSet<String> ids = new TreeSet<>();
    cameras.forEach(camera -> ids.add(camera.id()));
    ids.remove(CameraSpec.ALL);
    for (String camera : ids) {
      try {
        turn(camera, now);
      } catch (InvalidInputException | IllegalArgumentException e) {
        listener.camera(camera, "is left as it is: " + e.getMessage());
      }
    }
  }

  private void turn(String camera, Instant now) {
    Source before = sources.getOrDefault(camera, Source.AS_PLANNED);
    Source wanted = source(camera, now);
    if (wanted.equals(before)) {
      return;
    }
    sources.put(camera, wanted); // also if it cannot be used: it is said once
    LocalCamera next = next(camera, wanted);
    publishers.remove(camera);
    if (next == null) {
      listener.camera(camera, "is removed");
    } else {
      publishers.add(next);
      listener.camera(camera, "is started: " + next.origin().name());
    }
  }

  /** Null if there is none. */
  private LocalCamera next(String camera, Source wanted) {
    if (wanted.address() != null) {
      return new CameraConfig(camera, wanted.address(), wanted.pace(), null, wanted.jpeg())
          .resolve(Path.of(""));
    }
    return plan.source().cameras().stream()
        .filter(planned -> !wanted.isRemoved() && planned.settings().camera().equals(camera))
        .findFirst()
        .orElse(null);
  }

  /** The newest revision that holds and speaks of it decides. */
  private Source source(String camera, Instant now) {
    List<CameraSpec> newestFirst =
        cameras.stream()
            .filter(spec -> spec.id().equals(camera) && !spec.effectiveFrom().isAfter(now))
            .sorted(Comparator.comparing(CameraSpec::revision).reversed())
            .toList();
    boolean isBack = false;
    for (CameraSpec spec : newestFirst) {
      if (spec.isRemoved() && !isBack) {
        return Source.REMOVED;
      }
      if (spec.address() != null) {
        return new Source(spec.address(), spec.pace(), spec.jpeg(), false);
      }
      isBack |= Boolean.TRUE.equals(spec.enabled());
    }
    return Source.AS_PLANNED;
  }

  @Override
  public void close() {
    topic.close();
  }
}
