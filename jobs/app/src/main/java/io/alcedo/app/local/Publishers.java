package io.alcedo.app.local;

import io.alcedo.connectors.camera.CameraPublisher;
import io.alcedo.connectors.camera.CameraSettings;
import io.alcedo.connectors.camera.CameraStatus;
import io.alcedo.connectors.camera.CameraStatus.State;
import io.alcedo.connectors.camera.SessionIds;
import io.alcedo.connectors.kafka.KafkaSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * The cameras of a run, from the first to the last frame of their sessions. Cameras come and go
 * while it runs; a session that has ended is remembered. For one thread.
 */
final class Publishers implements AutoCloseable {
  private final KafkaSettings kafka;
  private final SecureRandom random = new SecureRandom();
  private final SessionIds sessionIds = new SessionIds(Clock.systemUTC(), random);
  private final List<CameraPublisher> publishers = new ArrayList<>(); // ended ones too
  private final Map<String, CameraPublisher> running = new LinkedHashMap<>(); // by camera
  private final Set<CameraPublisher> indispensable = new HashSet<>();
  private final Set<String> sessions = new HashSet<>();
  private boolean started;

  /** None yet. */
  Publishers(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** One of those with which the run begins: that it cannot be opened is an error of the run. */
  void addFirst(LocalCamera camera) {
    // Who starts a run is there to be told; a camera that goes later is waited for.
    indispensable.add(add(camera, true));
  }

  /** One that comes later: it is tried until it is there. */
  void add(LocalCamera camera) {
    CameraPublisher unused = add(camera, false);
  }

  private CameraPublisher add(LocalCamera camera, boolean failingFast) {
    CameraPublisher publisher =
        new CameraPublisher(
            failingFast(camera.settings(), failingFast),
            camera.origin(),
            kafka,
            sessionIds,
            Clock.systemUTC(),
            random);
    publishers.add(publisher);
    running.put(publisher.camera(), publisher);
    sessions.add(publisher.session());
    if (started) {
      publisher.start();
    }
    return publisher;
  }

  private static CameraSettings failingFast(CameraSettings settings, boolean failingFast) {
    return new CameraSettings(
        settings.camera(),
        settings.pace(),
        settings.startTime(),
        settings.jpeg(),
        settings.reconnection().withFailFast(failingFast));
  }

  /** Ends a camera's session, if it has one; returns when its end is acknowledged. */
  void remove(String camera) {
    CameraPublisher publisher = running.remove(camera);
    if (publisher == null) {
      return;
    }
    publisher.close();
    if (!started) {
      publishers.remove(publisher);
      indispensable.remove(publisher);
      sessions.remove(publisher.session());
    }
  }

  void start() {
    started = true;
    publishers.forEach(CameraPublisher::start);
  }

  /** Ids of all sessions; it grows when cameras come. */
  Set<String> sessions() {
    return Collections.unmodifiableSet(sessions);
  }

  /** Names of the cameras. */
  Set<String> ids() {
    return publishers.stream().map(CameraPublisher::camera).collect(Collectors.toSet());
  }

  /** How all sessions do, the ended ones too. */
  List<CameraStatus> statuses() {
    return publishers.stream().map(CameraPublisher::status).toList();
  }

  /** Sessions whose ends are to be waited for: one that failed at once said nothing. */
  long sessionsThatEnd() {
    return statuses().stream()
        .filter(status -> status.state() != State.FAILED || status.published() > 0)
        .count();
  }

  /** Frames a second of a camera, as it declares it; 0 if it does not say. */
  double framesPerSecond(String camera) {
    CameraPublisher publisher = running.get(camera);
    return publisher == null ? 0 : publisher.status().framesPerSecond();
  }

  /**
   * Throws what a camera failed with, if the run began with it.
   *
   * @throws io.alcedo.connectors.InvalidInputException if its source cannot be used
   */
  void check() throws Exception {
    for (CameraPublisher publisher : indispensable) {
      if (publisher.ended().isCompletedExceptionally()) {
        try {
          CameraStatus unused = publisher.ended().get();
        } catch (ExecutionException e) {
          throw e.getCause() instanceof Exception cause ? cause : e;
        }
      }
    }
  }

  /** Ends all sessions; returns when their ends are acknowledged. */
  @Override
  public void close() {
    publishers.parallelStream().forEach(CameraPublisher::close);
  }
}
