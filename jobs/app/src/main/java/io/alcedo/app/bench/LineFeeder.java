package io.alcedo.app.bench;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.wire.DetectionLineCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Appends lines of walkers to {@code detections}, cameras in turns, from a thread of its own. They
 * are committed at once: the transactions of a detect stage would add its checkpoints.
 */
final class LineFeeder implements AutoCloseable {
  private static final String SESSION = "bench";

  private final AlertLoad load;
  private final String topic;
  private final Walkers[] walkers;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Clock clock;
  private final Thread thread = new Thread(this::feed, "line-feeder");
  private final Map<FrameId, Long> appended = new ConcurrentHashMap<>(); // ms since 1970
  private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean stopped;

  LineFeeder(KafkaSettings kafka, AlertLoad load, Clock clock) {
    this.load = load;
    this.clock = clock;
    topic = kafka.topic(Topic.DETECTIONS);
    walkers =
        IntStream.range(0, load.cameras())
            .mapToObj(camera -> new Walkers(load.people(), load.rate(), camera))
            .toArray(Walkers[]::new);
    Properties settings = kafka.producer();
    settings.put("linger.ms", "5");
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void start() {
    thread.setUncaughtExceptionHandler((unused, problem) -> failure.compareAndSet(null, problem));
    thread.start();
  }

  private void feed() {
    long began = System.nanoTime();
    for (long line = 0; !stopped; line++) {
      long due = began + Math.round(1e9 * line / load.linesPerSecond());
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      append((int) (line % load.cameras()), line / load.cameras());
    }
  }

  private void append(int camera, long sequence) {
    String name = "camera-" + camera;
    FrameId id = new FrameId(name, SESSION, sequence);
    DetectionLine line = walkers[camera].next(id, clock.instant().truncatedTo(ChronoUnit.MICROS));
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic, name.getBytes(StandardCharsets.US_ASCII), DetectionLineCodec.write(line)),
            (at, problem) -> acknowledge(id, at, problem));
  }

  private void acknowledge(FrameId id, RecordMetadata at, Exception problem) {
    if (problem != null) {
      failure.compareAndSet(null, problem);
    } else {
      appended.put(id, at.timestamp()); // the broker's: LogAppendTime
      ends.merge(new TopicPartition(topic, at.partition()), at.offset() + 1, Math::max);
    }
  }

  /** Ends the feeding; returns when all is acknowledged. */
  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("lines could not be appended", failure.get());
    }
  }

  /** When each line was appended, ms since 1970, by the broker's clock. */
  Map<FrameId, Long> appended() {
    return appended;
  }

  /** Offsets behind the last line of each partition. */
  Map<TopicPartition, Long> ends() {
    return ends;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join();
    producer.close();
  }
}
