package io.alcedo.connectors.camera;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.event.FrameId;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Numbers, times, encodes and sends the pictures of a session, and a heartbeat whenever a second
 * went by without one. Used by one thread.
 *
 * <p>Accounting: pictures taken from the hand-over = frames sent, or it throws.
 */
final class FrameSender {
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String camera;
  private final String session;
  private final boolean live;
  private final JpegEncoder encoder;
  private final FrameProducer producer;
  private final CameraProgress progress;
  private final Clock clock;
  private final CaptureTimes times;
  private boolean coarse;

  FrameSender(
      CameraSession session,
      boolean live,
      JpegEncoder encoder,
      FrameProducer producer,
      CameraProgress progress) {
    this.camera = session.camera();
    this.session = session.id();
    this.clock = session.clock();
    this.live = live;
    this.encoder = encoder;
    this.producer = producer;
    this.progress = progress;
    this.times = new CaptureTimes(live);
  }

  /** Sends what comes until no more will. */
  void sendAll(HandOver pictures) throws InterruptedException {
    long lastSent = System.nanoTime();
    while (!pictures.isDrained()) {
      try (TakenPicture picture = pictures.poll(lastSent + HEARTBEAT_NANOS - System.nanoTime())) {
        if (picture != null) {
          sendFrame(picture);
          lastSent = System.nanoTime();
        } else if (System.nanoTime() - lastSent >= HEARTBEAT_NANOS) {
          sendHeartbeat();
          lastSent = System.nanoTime();
        }
      }
    }
  }

  private void sendFrame(TakenPicture picture) throws InterruptedException {
    times.complaint(picture.captured()).ifPresent(progress::warn);
    JpegEncoder.Encoded encoded = encoder.encode(picture.pixels());
    if (encoded.quality() < encoder.quality() && !coarse) {
      coarse = true;
      progress.warn(
          "frame %d was too large for a record and is encoded at quality %d; so will others that are. Set jpeg.maxWidth, or raise kafka.maxRecordBytes."
              .formatted(progress.published(), encoded.quality()));
    }
    producer.send(
        new CameraRecord(
            Kind.FRAME,
            nextId(),
            null,
            times.ofFrame(picture.captured()),
            clock.instant(),
            "jpeg",
            encoded.width(),
            encoded.height(),
            encoded.jpeg(),
            null));
    progress.countPublished();
  }

  /** Event time goes on with a live camera's clock; a file's stands where its last frame was. */
  private void sendHeartbeat() throws InterruptedException {
    if (live) {
      Instant now = clock.instant();
      times.complaint(now).ifPresent(progress::warn);
      producer.send(sign(Kind.HEARTBEAT, times.ofSign(now)));
    } else if (times.last() != null) {
      producer.send(sign(Kind.HEARTBEAT, times.last()));
    }
  }

  /** Whether anybody who reads the topic has heard of this session. */
  boolean hasSent() {
    return times.last() != null;
  }

  /** Sends the end of the session, whose number is that of the frames, and waits for all. */
  void end() throws InterruptedException {
    Instant time = times.last() == null ? clock.instant() : times.last();
    producer.send(sign(Kind.END, times.ofSign(time)));
    producer.awaitAll();
  }

  private CameraRecord sign(Kind kind, Instant time) {
    return new CameraRecord(
        kind, nextId(), null, time, clock.instant(), null, 0, 0, new byte[0], null);
  }

  private FrameId nextId() {
    return new FrameId(camera, session, progress.published());
  }
}
