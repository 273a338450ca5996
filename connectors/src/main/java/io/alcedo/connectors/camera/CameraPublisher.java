package io.alcedo.connectors.camera;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.kafka.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * Sends the pictures of one camera to {@code frames}: one session from start to end, its frames
 * numbered from 0 without a gap, a heartbeat whenever a second goes by without a frame, and at last
 * the end of the session with the number of frames.
 *
 * <p>Two threads: one grabs, one encodes and sends. A slow broker makes a file wait; before a
 * camera that is live it makes pictures go unsent, which are counted and have no number.
 *
 * <p>Accounting: pictures grabbed = frames published + pictures skipped; frames published = the
 * sequence of the session's end, or the session fails.
 */
public final class CameraPublisher implements AutoCloseable {
  /** One picture being encoded, one waiting: more would only make them older. */
  private static final int LIVE_WAITING = 1;

  private static final int FILE_WAITING = 2;

  /** Half a second of a fast camera. More would be sent old, and fewer stall on a far broker. */
  private static final int LIVE_IN_FLIGHT = 16;

  private static final Duration FLUSH_PATIENCE = Duration.ofSeconds(10);
  private static final Duration ABORT_PATIENCE = Duration.ofSeconds(2);

  private final CameraSettings settings;
  private final VideoOrigin origin;
  private final FrameLog log;
  private final CameraSession session;
  private final CameraProgress progress;
  private final HandOver handOver;
  private final CaptureLoop capture;
  private final Thread grabbing;
  private final Thread sending;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CompletableFuture<CameraStatus> ended = new CompletableFuture<>();

  /**
   * Describes a session; nothing is opened before {@link #start}.
   *
   * @param sessions names it; one for all publishers of a process
   * @param clock the wall clock
   * @param random spreads attempts to reconnect; shared between publishers only if it is
   *     thread-safe, as {@link java.util.Random} is
   */
  public CameraPublisher(
      CameraSettings settings,
      VideoOrigin origin,
      KafkaSettings kafka,
      SessionIds sessions,
      Clock clock,
      RandomGenerator random) {
    this(
        settings,
        origin,
        FrameLog.of(kafka),
        new CameraSession(settings.camera(), sessions.next(), clock),
        random);
  }

  CameraPublisher(
      CameraSettings settings,
      VideoOrigin origin,
      FrameLog log,
      CameraSession session,
      RandomGenerator random) {
    this.settings = settings;
    this.origin = origin;
    this.log = log;
    this.session = session;
    progress = new CameraProgress(session.camera(), session.id());
    handOver = new HandOver(origin.isLive() ? LIVE_WAITING : FILE_WAITING, !origin.isLive());
    capture = new CaptureLoop(settings, origin, handOver, progress, session.clock(), random);
    grabbing = new Thread(capture, "camera-" + session.camera() + "-grab");
    sending = new Thread(this::send, "camera-" + session.camera() + "-send");
    grabbing.setDaemon(true);
    sending.setDaemon(true);
  }

  /** The camera's id. */
  public String camera() {
    return session.camera();
  }

  /** The session's ULID. */
  public String session() {
    return session.id();
  }

  /** How it does now; from any thread. */
  public CameraStatus status() {
    return progress.snapshot();
  }

  /** Begins to publish; returns at once. */
  public void start() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "camera %s: session %s has been started before".formatted(camera(), session()));
    }
    grabbing.start();
    sending.start();
  }

  /**
   * Completes when the session is over and all of it is acknowledged. Fails with {@link
   * InvalidInputException} if the source cannot be used, or Kafka's settings do not fit its frames,
   * and with {@link IllegalStateException} if Kafka refuses a record for another reason or does not
   * answer while closing.
   */
  public CompletableFuture<CameraStatus> ended() {
    return ended.copy();
  }

  /**
   * Ends the session from any thread: takes no more pictures, sends the session's end and waits
   * until Kafka has acknowledged everything, at most some seconds. A thread that is inside FFmpeg
   * at that moment closes its source when it comes back, within the source's read timeout.
   */
  @Override
  public void close() {
    stopCapture();
    if (started.get() && !isOverWithin(FLUSH_PATIENCE)) {
      sending.interrupt();
      boolean unused = isOverWithin(ABORT_PATIENCE);
    }
  }

  private void stopCapture() {
    capture.stop();
    progress.countSkipped(handOver.close());
    grabbing.interrupt();
  }

  private boolean isOverWithin(Duration patience) {
    try {
      CameraStatus unused = ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | CancellationException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void send() {
    try {
      sendSession();
      progress.ended();
      ended.complete(status());
    } catch (InterruptedException e) {
      fail(
          new IllegalStateException(
              "camera %s: Kafka did not acknowledge all of session %s in %d s, so its end may be missing. Check the brokers."
                  .formatted(camera(), session(), FLUSH_PATIENCE.toSeconds()),
              e));
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(RuntimeException failure) {
    stopCapture();
    progress.failed(failure.getMessage());
    ended.completeExceptionally(failure);
  }

  private void sendSession() throws InterruptedException {
    boolean live = origin.isLive();
    int maxInFlight = live ? LIVE_IN_FLIGHT : Integer.MAX_VALUE;
    JpegEncoder encoder = new JpegEncoder(settings.jpeg(), log.maxRecordBytes());
    try (FrameProducer producer = new FrameProducer(log, maxInFlight, progress::warn)) {
      FrameSender sender = new FrameSender(session, live, encoder, producer, progress);
      RuntimeException failure = sendPictures(sender);
      // After a refusal the session has a gap, and an end would claim that it has none.
      if (failure == null || (sender.hasSent() && !producer.isBroken())) {
        sender.end();
      }
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Null, or why there are no more pictures. */
  private RuntimeException sendPictures(FrameSender sender) throws InterruptedException {
    try {
      sender.sendAll(handOver);
      return capture.failure();
    } catch (RuntimeException e) {
      return e;
    }
  }
}
