package io.alcedo.connectors.camera;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.wire.FrameHeaders;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Sends the pictures of one source to {@code frames}, as JPEG, one session from start to end. A
 * slow broker slows it down: no picture of a file is left out.
 *
 * <p>Accounting: pictures read = frames published, or the run fails.
 */
public final class CameraPublisher {
  private final String camera;
  private final String session;
  private final Instant startTime;
  private final Pace pace;
  private final int jpegQuality;
  private final Clock clock;
  private final AtomicLong published = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** How fast pictures go out. */
  public enum Pace {
    /** As fast as they can be taken. */
    MAX,
    /** At the source's own times. */
    REAL_TIME
  }

  /**
   * Describes a session.
   *
   * @param session unique to this start
   * @param startTime event time of media time 0
   * @param jpegQuality 1 to 100
   */
  public CameraPublisher(
      String camera, String session, Instant startTime, Pace pace, int jpegQuality, Clock clock) {
    this.camera = camera;
    this.session = session;
    this.startTime = startTime;
    this.pace = pace;
    this.jpegQuality = jpegQuality;
    this.clock = clock;
  }

  public String camera() {
    return camera;
  }

  /** Frames handed to Kafka so far. */
  public long published() {
    return published.get();
  }

  /**
   * Sends all pictures, then the end of the session; returns when all are acknowledged.
   *
   * @throws IllegalStateException if Kafka refuses a record
   */
  public void publish(VideoSource source, KafkaSettings kafka) {
    String topic = kafka.topic(Topic.FRAMES);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      Instant began = clock.instant();
      Instant last = startTime;
      VideoSource.Picture picture = source.next();
      while (picture != null && failure.get() == null && !Thread.currentThread().isInterrupted()) {
        waitFor(began, picture.mediaMicros());
        // Event time never runs backwards, whatever the container says.
        Instant captured = startTime.plus(picture.mediaMicros(), ChronoUnit.MICROS);
        last = captured.isAfter(last) || published.get() == 0 ? captured : last.plusNanos(1_000);
        send(producer, topic, frame(picture.pixels(), last));
        published.incrementAndGet();
        picture = source.next();
      }
      send(producer, topic, sign(last));
      producer.flush();
    }
    if (failure.get() != null) {
      throw new IllegalStateException(
          "camera %s: Kafka refused a record: %s".formatted(camera, failure.get().getMessage()),
          failure.get());
    }
  }

  private void waitFor(Instant began, long mediaMicros) {
    while (pace == Pace.REAL_TIME && !Thread.currentThread().isInterrupted()) {
      long ahead =
          ChronoUnit.NANOS.between(clock.instant(), began.plus(mediaMicros, ChronoUnit.MICROS));
      if (ahead <= 0) {
        return;
      }
      LockSupport.parkNanos(ahead);
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, String topic, CameraRecord record) {
    // What comes of it arrives in the callback.
    Future<RecordMetadata> unused =
        producer.send(
            FrameHeaders.toRecord(topic, record),
            (metadata, refused) -> {
              if (refused != null) {
                failure.compareAndSet(null, refused);
              }
            });
  }

  private CameraRecord frame(Mat pixels, Instant captured) {
    return new CameraRecord(
        Kind.FRAME,
        new FrameId(camera, session, published.get()),
        null,
        captured,
        clock.instant(),
        "jpeg",
        pixels.cols(),
        pixels.rows(),
        jpeg(pixels),
        null);
  }

  private CameraRecord sign(Instant captured) {
    return new CameraRecord(
        Kind.END,
        new FrameId(camera, session, published.get()),
        null,
        captured,
        clock.instant(),
        null,
        0,
        0,
        new byte[0],
        null);
  }

  private byte[] jpeg(Mat pixels) {
    try (BytePointer bytes = new BytePointer();
        IntPointer options = new IntPointer(IMWRITE_JPEG_QUALITY, jpegQuality)) {
      imencode(".jpg", pixels, bytes, options);
      byte[] jpeg = new byte[(int) bytes.limit()];
      bytes.get(jpeg);
      return jpeg;
    }
  }
}
