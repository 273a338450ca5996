package io.alcedo.app.index;

import io.alcedo.app.index.EmbeddingsReader.Hooks;
import io.alcedo.connectors.kafka.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an index up to date with the topic {@code embeddings}: a thread that reads, shows, commits.
 * Searches go to the index itself, deletions through here.
 */
public final class IndexService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IndexService.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final VectorIndex index;
  private final EmbeddingsReader reader;
  private final Runnable between;
  private final Interval refresh;
  private final Interval commit;
  private final Interval retry = new Interval(RETRY);
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  /**
   * Starts where the index was committed.
   *
   * @param index stays the caller's to close, after this
   * @throws io.alcedo.connectors.InvalidInputException if the topic cannot be reached
   */
  public static IndexService start(KafkaSettings kafka, VectorIndex index, IndexSettings settings) {
    return start(new EmbeddingsReader(kafka, index, Hooks.NONE), index, settings, () -> {});
  }

  /**
   * Starts a reader.
   *
   * @param reader is closed with this
   * @param between called several times a second on the reading thread
   */
  static IndexService start(
      EmbeddingsReader reader, VectorIndex index, IndexSettings settings, Runnable between) {
    IndexService service = new IndexService(reader, index, settings, between);
    service.thread.start();
    return service;
  }

  private IndexService(
      EmbeddingsReader reader, VectorIndex index, IndexSettings settings, Runnable between) {
    this.index = index;
    this.reader = reader;
    this.between = between;
    this.refresh = new Interval(settings.refresh());
    this.commit = new Interval(settings.commit());
    this.thread = new Thread(this::run, "embedding-index");
  }

  private void run() {
    try (reader) {
      while (stop.getCount() > 0) {
        turn();
      }
      reader.commit();
    }
  }

  private void turn() {
    try {
      reader.read(POLL);
      between.run();
      if (refresh.isOver()) {
        reader.refresh();
      }
      if (commit.isOver()) {
        reader.commit();
      }
      if (retry.isOver()) {
        reader.reopenFaulty();
      }
    } catch (WakeupException e) {
      LOG.debug("woken up to stop");
    } catch (RuntimeException e) {
      LOG.error("index: reading failed, it goes on from the last commit: {}", e.getMessage(), e);
      pause();
      reader.restart();
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

  /** Deletes vectors of every version, for good. */
  public void delete(List<String> ids) {
    reader.change(all -> names().forEach(version -> all.delete(version, ids)));
  }

  /** Deletes what a camera took from every version, for good. */
  public void deleteCamera(String camera) {
    reader.change(all -> names().forEach(version -> all.deleteCamera(version, camera)));
  }

  /** Deletes what was captured before a time from every version, for good. */
  public void deleteBefore(Instant time) {
    reader.change(all -> names().forEach(version -> all.deleteBefore(version, time)));
  }

  private List<String> names() {
    return index.versions().stream().map(IndexVersion::name).toList();
  }

  /** Waits until all that is in the topic now can be found; says whether it was in time. */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    return reader.awaitEnd(longest);
  }

  /** How soon what the topic has can be found; null if nothing was lately. */
  public IndexStatus.Freshness freshness() {
    return reader.freshness();
  }

  /** One line: what became of the records that were read. */
  public String summary() {
    EmbeddingsReader.Counts counts = reader.counts();
    return "vectors indexed %d, known %d, refused %d, waiting %d"
        .formatted(counts.indexed(), counts.known(), counts.refused(), counts.waiting());
  }

  /** Commits what was read and stops. */
  @Override
  public void close() {
    stop.countDown();
    reader.wakeUp();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Time that is over again and again. */
  private static final class Interval {
    private final long nanos;
    private long began = System.nanoTime();

    Interval(Duration length) {
      this.nanos = length.toNanos();
    }

    boolean isOver() {
      boolean over = System.nanoTime() - began >= nanos;
      began = over ? System.nanoTime() : began;
      return over;
    }
  }
}
