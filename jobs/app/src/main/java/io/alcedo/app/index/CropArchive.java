package io.alcedo.app.index;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.pictures.PictureStore;
import io.alcedo.connectors.wire.CropFile;
import io.alcedo.connectors.wire.CropHeaders;
import io.alcedo.connectors.wire.WireFormatException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the topic {@code crops} into a store of pictures, and sweeps it. Each file says itself
 * what it shows, so an index can be made again of nothing else. A record is passed only when its
 * picture is stored; storing one twice changes nothing.
 */
final class CropArchive implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CropArchive.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final long SWEEP_NANOS = Duration.ofMinutes(5).toNanos();

  private final KafkaSettings kafka;
  private final String group;
  private final PictureStore store;
  private final IndexConfig.Crops retention;
  private final AtomicLong stored = new AtomicLong();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "crop-archive");
  private volatile KafkaConsumer<byte[], byte[]> consumer;
  private long swept;

  private CropArchive(
      KafkaSettings kafka, String group, PictureStore store, IndexConfig.Crops retention) {
    this.kafka = kafka;
    this.group = group;
    this.store = store;
    this.retention = retention;
  }

  /**
   * Goes on where the group was.
   *
   * @param group of consumers that remembers how far it is
   */
  static CropArchive start(
      KafkaSettings kafka, String group, PictureStore store, IndexConfig.Crops retention) {
    CropArchive archive = new CropArchive(kafka, group, store, retention);
    archive.thread.start();
    return archive;
  }

  String group() {
    return group;
  }

  /** Pictures that were stored, those that were there already among them. */
  long stored() {
    return stored.get();
  }

  private void run() {
    while (stop.getCount() > 0) {
      try (KafkaConsumer<byte[], byte[]> reader = open()) {
        consumer = reader;
        while (stop.getCount() > 0) {
          turn(reader);
        }
      } catch (WakeupException e) {
        LOG.debug("woken up to stop");
      } catch (IOException | KafkaException e) {
        LOG.error("crops are not stored, it goes on from there: {}", e.getMessage(), e);
        pause();
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> open() {
    Properties settings = kafka.consumer();
    settings.put("group.id", group);
    KafkaConsumer<byte[], byte[]> opened =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    opened.subscribe(List.of(kafka.topic(Topic.CROPS)));
    return opened;
  }

  private void turn(KafkaConsumer<byte[], byte[]> reader) throws IOException {
    ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      store(record);
    }
    if (!records.isEmpty()) {
      reader.commitSync();
    }
    if (swept == 0 || System.nanoTime() - swept > SWEEP_NANOS) {
      store.sweep(retention.keep(), retention.mostBytes(), Clock.systemUTC().instant());
      swept = System.nanoTime();
    }
  }

  private void store(ConsumerRecord<byte[], byte[]> record) throws IOException {
    try {
      Crop crop = CropHeaders.parse(record);
      store.put(crop.id(), CropFile.write(crop));
      stored.incrementAndGet();
    } catch (WireFormatException e) {
      LOG.warn(
          "Skipped {}-{}@{}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  private void pause() {
    try {
      boolean unused = stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.countDown();
    }
  }

  @Override
  public void close() {
    stop.countDown();
    KafkaConsumer<byte[], byte[]> reader = consumer;
    if (reader != null) {
      reader.wakeup();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
