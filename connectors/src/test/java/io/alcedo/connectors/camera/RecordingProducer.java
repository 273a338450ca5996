package io.alcedo.connectors.camera;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.wire.FrameHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's own stand-in for a producer, whose records a test can wait for. */
final class RecordingProducer extends MockProducer<byte[], byte[]> {
  private final BlockingQueue<CameraRecord> sent = new LinkedBlockingQueue<>();
  private int callsWithoutRoom;

  /**
   * A producer.
   *
   * @param acknowledges at once; else the test does, with {@link #completeNext}
   */
  RecordingProducer(boolean acknowledges) {
    super(acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Behaves for some calls as if its buffer were full for longer than max.block.ms. */
  RecordingProducer withoutRoomFor(int calls) {
    callsWithoutRoom = calls;
    return this;
  }

  @Override
  public synchronized Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, Callback callback) {
    if (callsWithoutRoom > 0) {
      callsWithoutRoom--;
      callback.onCompletion(null, new TimeoutException("no room"));
      return null;
    }
    sent.add(parse(record));
    return super.send(record, callback);
  }

  /** The next record that was sent. */
  CameraRecord next() throws InterruptedException {
    CameraRecord record = sent.poll(60, TimeUnit.SECONDS);
    if (record == null) {
      throw new AssertionError("nothing was sent for a minute");
    }
    return record;
  }

  /** The next record of a kind. */
  CameraRecord next(Kind kind) throws InterruptedException {
    CameraRecord record = next();
    while (record.kind() != kind) {
      record = next();
    }
    return record;
  }

  /** Everything that was sent since the last {@link #next}. */
  List<CameraRecord> rest() {
    List<CameraRecord> rest = new ArrayList<>();
    sent.drainTo(rest);
    return rest;
  }

  private static CameraRecord parse(ProducerRecord<byte[], byte[]> record) {
    return FrameHeaders.parse(
        new ConsumerRecord<>(
            record.topic(),
            0,
            0,
            record.timestamp(),
            TimestampType.CREATE_TIME,
            record.key().length,
            record.value().length,
            record.key(),
            record.value(),
            record.headers(),
            Optional.empty()));
  }
}
