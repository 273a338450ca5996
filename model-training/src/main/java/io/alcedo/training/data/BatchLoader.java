package io.alcedo.training.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;

/**
 * Prepares batches ahead of the step. What is in batch n must depend on n only, not on the number
 * of workers, so that a resumed run sees the same pictures.
 */
public final class BatchLoader<B> implements AutoCloseable {
  private static final int AHEAD = 3;

  private final LongFunction<B> batches;
  private final ExecutorService workers;
  private final Deque<CompletableFuture<B>> ready = new ArrayDeque<>();
  private long next;

  /**
   * Starts the workers.
   *
   * @param batches makes a batch by its number; called on several threads
   * @param first number of the first batch
   */
  public BatchLoader(LongFunction<B> batches, long first, int workers) {
    this.batches = batches;
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
  public B next() {
    try {
      B batch = ready.removeFirst().join();
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
    ready.addLast(CompletableFuture.supplyAsync(() -> batches.apply(number), workers));
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
