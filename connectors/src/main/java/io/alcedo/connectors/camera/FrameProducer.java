package io.alcedo.connectors.camera;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.wire.FrameHeaders;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Sends one camera's records in order. A slow or absent broker makes {@link #send} wait; a record
 * that Kafka refuses makes it, and everything after, fail. Sent from by one thread.
 */
final class FrameProducer implements AutoCloseable {
  /** Silence of the broker after which the camera's status mentions it. */
  private static final long NOTEWORTHY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final int maxInFlight;
  private final Consumer<String> warnings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settled = lock.newCondition();
  private int inFlight;
  private RuntimeException failure;

  /**
   * Begins.
   *
   * @param maxInFlight records without acknowledgement at which {@link #send} waits
   * @param warnings is told when the broker takes nothing for long
   */
  FrameProducer(FrameLog log, int maxInFlight, Consumer<String> warnings) {
    this.producer = log.producers().get();
    this.topic = log.topic();
    this.maxInFlight = maxInFlight;
    this.warnings = warnings;
  }

  /**
   * Hands a record to Kafka.
   *
   * @throws InvalidInputException or IllegalStateException if Kafka refused this or an earlier one
   */
  void send(CameraRecord record) throws InterruptedException {
    awaitInFlightBelow(maxInFlight);
    lock.lock();
    try {
      inFlight++;
    } finally {
      lock.unlock();
    }
    while (!enqueued(record)) {
      requireUnbroken();
    }
  }

  /** False if the producer's buffer had no room, or the topic did not answer, for a while. */
  private boolean enqueued(CameraRecord record) throws InterruptedException {
    Thread caller = Thread.currentThread();
    AtomicReference<String> noRoom = new AtomicReference<>();
    try {
      Future<RecordMetadata> unused =
          producer.send(
              FrameHeaders.toRecord(topic, record),
              (metadata, refused) -> {
                // In the caller's thread it was not taken up at all, so it can be sent again.
                if (refused instanceof TimeoutException && Thread.currentThread() == caller) {
                  noRoom.set(refused.getMessage());
                } else {
                  settle(record, refused);
                }
              });
    } catch (InterruptException e) {
      throw interrupted();
    }
    if (noRoom.get() != null) {
      warnings.accept(silence(noRoom.get()));
    }
    return noRoom.get() == null;
  }

  /** Waits until Kafka has acknowledged everything. */
  void awaitAll() throws InterruptedException {
    awaitInFlightBelow(1);
  }

  /** Whether Kafka refused a record, so that no more can follow. */
  boolean isBroken() {
    lock.lock();
    try {
      return failure != null;
    } finally {
      lock.unlock();
    }
  }

  private void awaitInFlightBelow(int limit) throws InterruptedException {
    boolean said = false;
    lock.lockInterruptibly();
    try {
      long left = NOTEWORTHY_NANOS;
      while (inFlight >= limit && failure == null) {
        left = said ? left : settled.awaitNanos(left);
        if (said) {
          settled.await();
        } else if (left <= 0) {
          warnings.accept(silence(inFlight + " records wait for its answer"));
          said = true;
        }
      }
      requireUnbroken();
    } finally {
      lock.unlock();
    }
  }

  private void requireUnbroken() {
    lock.lock();
    try {
      if (failure != null) {
        throw failure;
      }
    } finally {
      lock.unlock();
    }
  }

  private void settle(CameraRecord record, Exception refused) {
    lock.lock();
    try {
      inFlight--;
      if (refused != null && failure == null) {
        failure = refusal(record, refused);
      }
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private String silence(String detail) {
    return "Kafka has taken no record for a while (%s). The camera waits for it; check the brokers and topic %s."
        .formatted(detail, topic);
  }

  private RuntimeException refusal(CameraRecord record, Exception cause) {
    String message =
        "camera %s: Kafka refused %s %d of session %s (%d bytes, topic %s): %s "
            .formatted(
                record.id().camera(),
                record.kind() == CameraRecord.Kind.FRAME ? "frame" : "the sign before frame",
                record.id().sequence(),
                record.id().session(),
                record.image().length,
                topic,
                cause.getMessage());
    if (cause instanceof RecordTooLargeException) {
      return new InvalidInputException(
          message
              + "Set the camera's jpeg.maxWidth or lower jpeg.quality, or raise max.message.bytes of the topic and kafka.maxRecordBytes together.",
          cause);
    }
    if (cause instanceof InvalidTimestampException) {
      return new InvalidInputException(
          message + "Check this machine's clock, or give an earlier start time.", cause);
    }
    if (cause instanceof AuthorizationException) {
      return new InvalidInputException(
          message + "Allow this user to write the topic, or give another in kafka.properties.",
          cause);
    }
    return new IllegalStateException(message + "The broker's log says more.", cause);
  }

  private static InterruptedException interrupted() {
    // Kafka sets the flag again and throws an exception of its own.
    boolean unused = Thread.interrupted();
    return new InterruptedException("interrupted while sending to Kafka");
  }

  /** Lets go of what is not acknowledged. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
