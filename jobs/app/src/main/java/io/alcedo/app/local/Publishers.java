package io.alcedo.app.local;

import io.alcedo.connectors.camera.CameraPublisher;
import io.alcedo.connectors.camera.CameraSettings;
import io.alcedo.connectors.camera.CameraStatus;
import io.alcedo.connectors.camera.SessionIds;
import io.alcedo.connectors.kafka.KafkaSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** The cameras of a run, from the first to the last frame of their sessions. */
final class Publishers implements AutoCloseable {
  private final List<CameraPublisher> publishers;

  Publishers(List<LocalCamera> cameras, KafkaSettings kafka) {
    SecureRandom random = new SecureRandom();
    SessionIds sessions = new SessionIds(Clock.systemUTC(), random);
    publishers =
        cameras.stream()
            .map(
                camera ->
                    new CameraPublisher(
                        failingFast(camera.settings()),
                        camera.origin(),
                        kafka,
                        sessions,
                        Clock.systemUTC(),
                        random))
            .toList();
  }

  /** Who starts a run is there to be told; a camera that goes later is waited for. */
  private static CameraSettings failingFast(CameraSettings settings) {
    return new CameraSettings(
        settings.camera(),
        settings.pace(),
        settings.startTime(),
        settings.jpeg(),
        settings.reconnection().withFailFast(true));
  }

  void start() {
    publishers.forEach(CameraPublisher::start);
  }

  /** Ids of the sessions. */
  Set<String> sessions() {
    return publishers.stream().map(CameraPublisher::session).collect(Collectors.toSet());
  }

  /** Names of the cameras. */
  Set<String> ids() {
    return statuses().stream().map(CameraStatus::camera).collect(Collectors.toSet());
  }

  List<CameraStatus> statuses() {
    return publishers.stream().map(CameraPublisher::status).toList();
  }

  /** Frames a second of a camera, as it declares it; 0 if it does not say. */
  double framesPerSecond(String camera) {
    return statuses().stream()
        .filter(status -> status.camera().equals(camera))
        .mapToDouble(CameraStatus::framesPerSecond)
        .findFirst()
        .orElse(0);
  }

  /**
   * Throws what a camera failed with.
   *
   * @throws io.alcedo.connectors.InvalidInputException if its source cannot be used
   */
  void check() throws Exception {
    for (CameraPublisher publisher : publishers) {
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
