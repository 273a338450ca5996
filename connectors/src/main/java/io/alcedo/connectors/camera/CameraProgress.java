package io.alcedo.connectors.camera;

import io.alcedo.connectors.camera.CameraStatus.State;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the threads of one publisher tell about themselves. */
final class CameraProgress {
  private static final Logger LOG = LoggerFactory.getLogger(CameraPublisher.class);

  private final String camera;
  private final String session;
  private final AtomicLong grabbed = new AtomicLong();
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLong reconnects = new AtomicLong();
  private volatile Phase phase = new Phase(State.CONNECTING, null, null);
  private volatile double framesPerSecond;
  private volatile String warning;

  private record Phase(State state, String reason, Instant nextAttempt) {}

  CameraProgress(String camera, String session) {
    this.camera = camera;
    this.session = session;
  }

  void connected(double rate, boolean again) {
    framesPerSecond = rate;
    if (again) {
      reconnects.incrementAndGet();
      LOG.info("camera {}: is back", camera);
    }
    enter(new Phase(State.STREAMING, null, null));
  }

  void retrying(String reason, Instant nextAttempt) {
    LOG.warn("camera {}: {} Next attempt at {}.", camera, reason, nextAttempt);
    enter(new Phase(State.RETRYING, reason, nextAttempt));
  }

  void ended() {
    phase = new Phase(State.ENDED, null, null);
  }

  void failed(String reason) {
    phase = new Phase(State.FAILED, reason, null);
  }

  /** The last word is the sender's: a grab thread that is late does not bring a camera back. */
  private synchronized void enter(Phase next) {
    if (phase.state() != State.ENDED && phase.state() != State.FAILED) {
      phase = next;
    }
  }

  void warn(String text) {
    LOG.warn("camera {}: {}", camera, text);
    warning = text;
  }

  void countGrabbed() {
    grabbed.incrementAndGet();
  }

  void countSkipped(long pictures) {
    skipped.addAndGet(pictures);
  }

  /** The sequence number of the next frame; counts it as published. */
  long countPublished() {
    return published.getAndIncrement();
  }

  long published() {
    return published.get();
  }

  CameraStatus snapshot() {
    Phase now = phase;
    return new CameraStatus(
        camera,
        session,
        now.state(),
        now.reason(),
        now.nextAttempt(),
        framesPerSecond,
        grabbed.get(),
        published.get(),
        skipped.get(),
        reconnects.get(),
        warning);
  }
}
