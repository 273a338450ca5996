package io.alcedo.connectors.frames;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.frames.FrameLookup.Absent;
import io.alcedo.connectors.frames.FrameLookup.Expired;
import io.alcedo.connectors.frames.FrameLookup.Found;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.wire.FrameHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Frames in Kafka, found by seeking. One consumer behind a lock: lookups of several threads take
 * turns. What was fetched beside a frame is kept, so that frames asked for in the order of the log
 * cost one fetch for many; every other lookup costs a few round trips.
 */
public final class KafkaFrameStore implements FrameStore {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int FETCH_BYTES = 4 << 20;

  /** Of each partition; twice a fetch, so that lines which come a little out of order still hit. */
  private static final int KEPT_BYTES = 2 * FETCH_BYTES;

  /** So many records further on, reading what is between is cheaper than a seek. */
  private static final long NEAR = 32;

  private final String bootstrap;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, ReadAhead> fetched = new HashMap<>();

  /** A store on the cluster that holds the frames. */
  public KafkaFrameStore(KafkaSettings kafka) {
    Properties settings = kafka.consumer();
    settings.put("auto.offset.reset", "none");
    settings.put("max.partition.fetch.bytes", String.valueOf(FETCH_BYTES));
    // A fetch that waits at the end of the log holds up the next lookup elsewhere in it.
    settings.put("fetch.max.wait.ms", "20");
    settings.putIfAbsent("default.api.timeout.ms", String.valueOf(PATIENCE.toMillis()));
    bootstrap = kafka.bootstrap();
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public synchronized FrameLookup find(FrameRef ref) {
    TopicPartition partition = new TopicPartition(ref.topic(), ref.partition());
    try {
      if (!fetched.containsKey(partition) && !follow(partition)) {
        return new Absent();
      }
      ReadAhead window = fetched.get(partition);
      FrameLookup outside = window.covers(ref.offset()) ? null : move(partition, ref, window);
      return outside == null ? lookup(window.at(ref.offset())) : outside;
    } catch (OffsetOutOfRangeException e) {
      // Retention passed between the look at the log's ends and the fetch.
      fetched.get(partition).restart(Long.MAX_VALUE);
      return new Expired();
    } catch (KafkaException e) {
      throw new IllegalStateException(
          "frame %s cannot be looked up: Kafka at %s: %s. Check that the cluster is up."
              .formatted(ref, bootstrap, e.getMessage()),
          e);
    }
  }

  private static FrameLookup lookup(ConsumerRecord<byte[], byte[]> record) {
    CameraRecord frame = record == null ? null : FrameHeaders.parse(record);
    return frame != null && frame.kind() == Kind.FRAME ? new Found(frame) : new Absent();
  }

  private boolean follow(TopicPartition partition) {
    boolean exists =
        consumer.partitionsFor(partition.topic()).stream()
            .anyMatch(info -> info.partition() == partition.partition());
    if (exists) {
      fetched.put(partition, new ReadAhead(KEPT_BYTES));
      fetched.get(partition).restart(Long.MAX_VALUE);
      consumer.assign(fetched.keySet());
      // Without a position it would stop the polls of all the others.
      consumer.seek(partition, 0);
    }
    return exists;
  }

  /** Fetches until the window covers the offset; says why if it never will. */
  private FrameLookup move(TopicPartition partition, FrameRef ref, ReadAhead window) {
    boolean near = ref.offset() >= window.next() && ref.offset() < window.next() + NEAR;
    if (!near) {
      FrameLookup outside = outsideOfLog(partition, ref.offset());
      if (outside != null) {
        return outside;
      }
      window.restart(ref.offset());
      consumer.seek(partition, ref.offset());
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    turnTo(partition);
    while (!window.covers(ref.offset())) {
      FrameLookup outside =
          fetch(partition, ref.offset(), window) ? null : outsideOfLog(partition, ref.offset());
      if (outside != null) {
        return outside;
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("nothing came within " + PATIENCE.toSeconds() + " s");
      }
    }
    return null;
  }

  private boolean fetch(TopicPartition partition, long wanted, ReadAhead window) {
    List<ConsumerRecord<byte[], byte[]>> records =
        consumer.poll(Duration.ofMillis(500)).records(partition);
    records.forEach(record -> window.add(record, wanted));
    // Over control records and what was compacted away, without a record of their own.
    window.skipTo(consumer.position(partition));
    return !records.isEmpty();
  }

  /** The others keep what the consumer has fetched of them, and get nothing new. */
  private void turnTo(TopicPartition partition) {
    List<TopicPartition> others = new ArrayList<>(fetched.keySet());
    others.remove(partition);
    consumer.pause(others);
    consumer.resume(List.of(partition));
  }

  private FrameLookup outsideOfLog(TopicPartition partition, long offset) {
    if (offset < consumer.beginningOffsets(List.of(partition)).get(partition)) {
      return new Expired();
    }
    boolean beyond = offset >= consumer.endOffsets(List.of(partition)).get(partition);
    return beyond ? new Absent() : null;
  }

  @Override
  public synchronized void close() {
    consumer.close();
  }
}
