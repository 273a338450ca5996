package io.alcedo.training.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Prepares batches ahead of the step. What is in batch n depends on the seed and n only, not on the
 * number of workers, so that a resumed run sees the same pictures.
 */
public final class BatchLoader implements AutoCloseable {
  private static final int AHEAD = 3;

  private final DatasetMixture mixture;
  private final Augmentation augmentation;
  private final int batchSize;
  private final long seed;
  private final ExecutorService workers;
  private final Deque<CompletableFuture<List<Augmentation.Placed>>> ready = new ArrayDeque<>();
  private long next;

  /**
   * Starts the workers.
   *
   * @param first number of the first batch
   */
  public BatchLoader(
      DatasetMixture mixture,
      Augmentation augmentation,
      int batchSize,
      long seed,
      long first,
      int workers) {
    this.mixture = mixture;
    this.augmentation = augmentation;
    this.batchSize = batchSize;
    this.seed = seed;
    this.next = first;
    this.workers =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(task, "alcedo-loader");
              thread.setDaemon(true);
              return thread;
            });
    while (ready.size() < AHEAD) {
      prepareNext();
    }
  }

  /** The next batch, in order; waits until it is ready. */
  public List<Augmentation.Placed> next() {
    try {
      List<Augmentation.Placed> batch = ready.removeFirst().join();
      prepareNext();
      return batch;
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void prepareNext() {
    long number = next++;
    ready.addLast(CompletableFuture.supplyAsync(() -> prepare(number), workers));
  }

  private List<Augmentation.Placed> prepare(long number) {
    List<Augmentation.Placed> batch = new ArrayList<>(batchSize);
    for (int i = 0; i < batchSize; i++) {
      // Mixed, because neighbouring seeds of this generator give related streams.
      SplittableRandom random =
          new SplittableRandom(new SplittableRandom(seed + number * batchSize + i).nextLong());
      try (DetectionSample sample = mixture.draw(random)) {
        batch.add(augmentation.random(sample, random));
      }
    }
    return batch;
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
