package io.alcedo.connectors.camera;

import io.alcedo.connectors.InvalidInputException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Takes pictures from an origin and hands them over: a file's from beginning to end, at its pace; a
 * camera's for ever, opening it again after each break. It alone opens and closes the source. While
 * it waits inside FFmpeg it cannot be woken, so nobody waits for it.
 */
final class CaptureLoop implements Runnable {
  private static final Instant FALLBACK_START = Instant.parse("2000-01-01T00:00:00Z");

  /** What Kafka accepts ahead of the broker's clock ({@code message.timestamp.after.max.ms}). */
  private static final Duration KAFKA_AHEAD = Duration.ofHours(1);

  private final CameraSettings settings;
  private final VideoOrigin origin;
  private final HandOver handOver;
  private final CameraProgress progress;
  private final Clock clock;
  private final RandomGenerator random;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile RuntimeException failure;
  private boolean connectedBefore;

  CaptureLoop(
      CameraSettings settings,
      VideoOrigin origin,
      HandOver handOver,
      CameraProgress progress,
      Clock clock,
      RandomGenerator random) {
    this.settings = settings;
    this.origin = origin;
    this.handOver = handOver;
    this.progress = progress;
    this.clock = clock;
    this.random = random;
  }

  /** Ends the loop at its next step. */
  void stop() {
    stopping.countDown();
  }

  /** Why it ended before its time, else null; to be asked once the hand-over is drained. */
  RuntimeException failure() {
    return failure;
  }

  @Override
  public void run() {
    try {
      if (origin.isLive()) {
        follow();
      } else {
        readOnce();
      }
    } catch (InterruptedException e) {
      // Only the publisher's close interrupts this thread.
      stop();
    } catch (RuntimeException e) {
      failure = e;
    } catch (LinkageError e) {
      failure = new IllegalStateException("FFmpeg or OpenCV cannot be loaded: " + e, e);
    } finally {
      handOver.finish();
    }
  }

  private void readOnce() throws InterruptedException {
    try (VideoSource source = connect()) {
      Instant start = startTime(source);
      long began = System.nanoTime();
      long pictures = 0;
      while (!isStopping()) {
        VideoSource.Picture picture = source.next();
        if (picture == null) {
          requirePictures(pictures);
          source.damage().ifPresent(progress::warn);
          return;
        }
        waitFor(began, picture.mediaMicros());
        handOver(picture, start.plus(picture.mediaMicros(), ChronoUnit.MICROS));
        pictures++;
      }
    }
  }

  private void requirePictures(long pictures) {
    if (pictures == 0) {
      throw new InvalidInputException(
          "%s: holds no picture that can be decoded. Give a video file that plays."
              .formatted(origin.name()));
    }
  }

  private Instant startTime(VideoSource source) {
    Instant start =
        settings.startTime() != null
            ? settings.startTime()
            : source.startTime().orElse(FALLBACK_START);
    Instant now = clock.instant();
    if (start.isAfter(now.plus(KAFKA_AHEAD))) {
      throw new InvalidInputException(
          "camera %s: event time would begin at %s, but it is %s here and Kafka refuses records more than an hour ahead. Give an earlier start time, or set this machine's clock."
              .formatted(settings.camera(), start, now));
    }
    return start;
  }

  private void waitFor(long began, long mediaMicros) throws InterruptedException {
    if (settings.pace() == Pace.REAL_TIME) {
      long ahead = began + TimeUnit.MICROSECONDS.toNanos(mediaMicros) - System.nanoTime();
      boolean unused = stopping.await(ahead, TimeUnit.NANOSECONDS);
    }
  }

  private void follow() throws InterruptedException {
    int failures = 0;
    while (!isStopping()) {
      long began = System.nanoTime();
      String reason = streamUntilBroken();
      Duration held = Duration.ofNanos(System.nanoTime() - began);
      boolean wasSteady = held.compareTo(settings.reconnection().longest()) > 0;
      failures = wasSteady ? 1 : failures + 1;
      Duration delay = settings.reconnection().delay(failures, random);
      if (!isStopping()) {
        progress.retrying(reason, clock.instant().plus(delay));
        boolean unused = stopping.await(delay.toNanos(), TimeUnit.NANOSECONDS);
      }
    }
  }

  private String streamUntilBroken() {
    try (VideoSource source = connect()) {
      VideoSource.Picture picture = source.next();
      while (picture != null && !isStopping()) {
        handOver(picture, clock.instant());
        picture = source.next();
      }
      return "%s: the stream ended or fell silent.".formatted(origin.name());
    } catch (InvalidInputException e) {
      if (settings.reconnection().failFast() && !connectedBefore) {
        throw e;
      }
      return e.getMessage();
    }
  }

  private VideoSource connect() {
    VideoSource source = origin.open();
    progress.connected(source.framesPerSecond(), connectedBefore);
    connectedBefore = true;
    return source;
  }

  private void handOver(VideoSource.Picture picture, Instant captured) {
    progress.countGrabbed();
    progress.countSkipped(handOver.put(new TakenPicture(picture.pixels().clone(), captured)));
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }
}
