package io.alcedo.app.index;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.wire.EmbeddingHeaders;
import io.alcedo.connectors.wire.WireFormatException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code embeddings} into an index. How far it came is committed with the vectors, in each
 * version, and there it goes on: at the version that is least far, while the others pass over what
 * they have. A version that is not there yet is created.
 *
 * <p>records = indexed + known + refused + waiting. {@link #read} and {@link #close} belong to one
 * thread, all else may be called from any.
 */
final class EmbeddingsReader implements VectorSink, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingsReader.class);

  /**
   * What became of the records.
   *
   * @param indexed written
   * @param known passed over, because the version has them
   * @param refused no vectors, or of the wrong size or length; logged
   * @param waiting of versions that are faulty: read again when they are not
   */
  record Counts(long indexed, long known, long refused, long waiting) {}

  /** What others have to do with the records. */
  interface Hooks {
    /** Nothing. */
    Hooks NONE =
        new Hooks() {
          @Override
          public Set<String> zones(Embedding embedding) {
            return Set.of();
          }

          @Override
          public void arrived(String version, List<Arrival> arrivals) {
            // nobody wants to know
          }
        };

    /** In which zones the object stood. */
    Set<String> zones(Embedding embedding);

    /** Is told what was written, and cannot be found yet. */
    void arrived(String version, List<Arrival> arrivals);
  }

  /** A record and what the index makes of it. */
  record Arrival(ConsumerRecord<byte[], byte[]> record, Embedding embedding, VectorEntry entry) {}

  private final EmbeddingsLog log;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final VectorIndex index;
  private final Hooks hooks;
  private final FreshnessMeter freshness = new FreshnessMeter(Clock.systemUTC());
  private final Map<String, Offsets> kept = new HashMap<>();
  private Offsets position;
  private boolean moved;
  private String fault = "";
  private long indexed;
  private long known;
  private long refused;
  private long waiting;

  /**
   * Begins where the index was committed.
   *
   * @param index stays the caller's to close
   * @param hooks called on the reading thread
   */
  EmbeddingsReader(KafkaSettings kafka, VectorIndex index, Hooks hooks) {
    this.index = index;
    this.hooks = hooks;
    this.log = new EmbeddingsLog(kafka);
    Properties settings = kafka.consumer();
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(log.partitions());
    restart();
  }

  /** Goes back to where the index was committed. */
  final synchronized void restart() {
    kept.clear();
    for (IndexVersion version : index.versions()) {
      if (version.fault() == null) {
        kept.put(version.name(), index.offsets(version.name()).in(log.id()));
      }
    }
    position = kept.values().stream().reduce(Offsets::earliest).orElse(Offsets.NONE.in(log.id()));
    moved = true;
  }

  /** Waits for records, and writes what came. */
  void read(Duration longest) {
    seekIfMoved();
    ConsumerRecords<byte[], byte[]> records = consumer.poll(longest);
    write(records);
  }

  private void seekIfMoved() {
    Offsets wanted;
    synchronized (this) {
      if (!moved) {
        return;
      }
      moved = false;
      wanted = position;
    }
    Map<TopicPartition, Long> first = consumer.beginningOffsets(log.partitions());
    for (TopicPartition partition : log.partitions()) {
      long next = wanted.next(partition.partition());
      if (next > 0 && next < first.get(partition)) {
        LOG.warn(
            "{}: records {} to {} are gone, the index was away for longer than the topic keeps them",
            partition,
            next,
            first.get(partition) - 1);
      }
      consumer.seek(partition, Math.max(next, first.get(partition)));
    }
  }

  private synchronized void write(ConsumerRecords<byte[], byte[]> records) {
    if (moved) {
      return; // they were fetched from where it was before
    }
    Map<String, List<Arrival>> batches = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      sort(record, batches);
    }
    batches.forEach(this::write);
    Map<Integer, Long> next = new HashMap<>();
    log.partitions().forEach(it -> next.put(it.partition(), consumer.position(it)));
    position = new Offsets(log.id(), next);
    notifyAll();
  }

  private void sort(ConsumerRecord<byte[], byte[]> record, Map<String, List<Arrival>> batches) {
    try {
      Embedding embedding = EmbeddingHeaders.parse(record);
      Offsets has = kept.getOrDefault(embedding.encoder(), Offsets.NONE);
      if (record.offset() < has.next(record.partition())) {
        known++;
        return;
      }
      VectorEntry entry =
          new VectorEntry(VectorFacts.of(embedding, hooks.zones(embedding)), embedding.vector());
      batches
          .computeIfAbsent(embedding.encoder(), version -> new ArrayList<>())
          .add(new Arrival(record, embedding, entry));
    } catch (WireFormatException | IllegalArgumentException e) {
      refuse(record, e);
    }
  }

  private void write(String version, List<Arrival> arrivals) {
    try {
      requireVersion(version, arrivals.get(0).entry.vector().length);
      index.upsert(version, arrivals.stream().map(Arrival::entry).toList());
      indexed += arrivals.size();
      arrivals.forEach(arrival -> freshness.written(arrival.embedding.published()));
      hooks.arrived(version, arrivals);
    } catch (InvalidInputException e) {
      if (arrivals.size() == 1) {
        refuse(arrivals.get(0).record, e);
      } else {
        arrivals.forEach(one -> write(version, List.of(one)));
      }
    } catch (IndexFaultException e) {
      if (index.versions().stream().noneMatch(it -> it.name().equals(version))) {
        throw e; // nothing keeps how far this version was read: go no further
      }
      waiting += arrivals.size();
      log(e);
    }
  }

  private void requireVersion(String version, int dimensions) {
    if (!kept.containsKey(version)
        && index.versions().stream().noneMatch(it -> it.name().equals(version))) {
      index.create(version, dimensions);
      kept.put(version, Offsets.NONE);
      LOG.info("index {}: opened for vectors of {} numbers", version, dimensions);
    }
  }

  private void refuse(ConsumerRecord<byte[], byte[]> record, Exception why) {
    refused++;
    LOG.warn(
        "Skipped {}-{}@{}: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        why.getMessage());
  }

  /** Lets searches find what was written. */
  synchronized void refresh() {
    index.refresh();
    freshness.shown();
  }

  /** How soon vectors of the topic can be found; null if none was lately. */
  IndexStatus.Freshness freshness() {
    return freshness.report();
  }

  /** Makes safe what was written, and how far that is. */
  synchronized void commit() {
    try {
      index.commit(position);
    } catch (IndexFaultException e) {
      log(e);
    }
  }

  /** Makes a change between two batches and commits it, so that no batch is read again over it. */
  synchronized void change(Consumer<VectorIndex> change) {
    change.accept(index);
    refresh();
    index.commit(position);
  }

  /** Opens a version that begins here, unless it is there. */
  synchronized void open(String version, int dimensions) {
    requireVersion(version, dimensions);
    commit();
  }

  /** Vectors that the topic does not have; they are safe at the next commit. */
  @Override
  public synchronized void add(String version, List<VectorEntry> entries) {
    if (!entries.isEmpty()) {
      index.upsert(version, entries);
    }
  }

  /** Deletes a version. */
  synchronized void drop(String version) {
    index.drop(version);
    kept.remove(version);
  }

  /** Empties a version, and reads it again from the beginning of the topic. */
  synchronized void rebuild(String version, int dimensions) {
    commit();
    index.drop(version);
    index.create(version, dimensions);
    restart();
  }

  /** Opens faulty versions again, and reads what they missed. */
  synchronized void reopenFaulty() {
    List<IndexVersion> faulty =
        index.versions().stream().filter(version -> version.fault() != null).toList();
    if (faulty.isEmpty()) {
      return;
    }
    commit(); // of the others: a commit after this one would say that nothing was missed
    boolean better = false;
    for (IndexVersion version : faulty) {
      try {
        index.reopen(version.name());
        better = true;
        LOG.info("index {}: sound again", version.name());
      } catch (IndexFaultException e) {
        log(e);
      }
    }
    if (better) {
      restart();
    }
  }

  /** A disk that is full says so with each batch: once is enough. */
  private void log(IndexFaultException e) {
    if (!fault.equals(e.getMessage())) {
      fault = e.getMessage();
      LOG.error(fault, e);
    }
  }

  /** Where the topic ends now. */
  Offsets end() {
    return log.end();
  }

  /** Whether all before this was read. */
  synchronized boolean hasRead(Offsets end) {
    return end.earliest(position).equals(end);
  }

  /**
   * Waits until all that is in the topic now was read, and can be found.
   *
   * @return whether it was within this time
   */
  boolean awaitEnd(Duration longest) throws InterruptedException {
    Offsets end = log.end();
    long deadline = System.nanoTime() + longest.toNanos();
    synchronized (this) {
      while (!hasRead(end)) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          return false;
        }
        wait(millis);
      }
    }
    refresh();
    return true;
  }

  synchronized Counts counts() {
    return new Counts(indexed, known, refused, waiting);
  }

  /** Ends a read of another thread, which throws then. */
  void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
    log.close();
  }
}
