package io.alcedo.operators.stream.inference;

import io.alcedo.operators.stream.inference.BatchOptions.Freshness;
import io.alcedo.operators.stream.inference.Outcome.Dead;
import io.alcedo.operators.stream.inference.Outcome.Dropped;
import io.alcedo.operators.stream.inference.Outcome.Inferred;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers frames of many askers into batches of one engine. Decoders fill one of two batches while
 * the other runs; a batch runs when it is full, or when its oldest frame has waited for the linger.
 * Outcomes are completed on a thread of their own, so that what askers do with them delays no
 * inference.
 *
 * <p>Accounting: frames submitted = inferred + dropped{superseded, stale} + dead{undecodable, queue
 * full, inference failed} + cancelled with their owner.
 *
 * <p>Owns its engine and buffers: the inference thread closes them when it ends, because closing a
 * session that runs crashes the process.
 */
final class MicroBatcher<R> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MicroBatcher.class);
  private static final long CLOSE_PATIENCE_SECONDS = 30;

  private final BatchOptions options;
  private final BatchRunner<R> runner;
  private final FrameDecoder decoder;
  private final LongSupplier ticker;
  private final Clock clock;
  private final FrameQueue<R> queue;
  private final ExecutorService settling;
  private final CountDownLatch ended = new CountDownLatch(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition(); // a decoder may have something to do
  private final Condition progress = lock.newCondition(); // the filling batch may be due
  private FillingBatch<R> filling; // guarded by lock, as are all below
  private FillingBatch<R> other;
  private boolean running;
  private boolean closed;

  /**
   * Starts the threads.
   *
   * @param engine is closed with this batcher
   * @param ticker ns that only grow, for the linger
   * @param clock wall clock, for the age of frames
   */
  MicroBatcher(
      BatchEngine<R> engine,
      BatchOptions options,
      FrameDecoder decoder,
      LongSupplier ticker,
      Clock clock) {
    this.options = options;
    this.runner = new BatchRunner<>(engine);
    this.decoder = decoder;
    this.ticker = ticker;
    this.clock = clock;
    this.queue =
        options.freshness() == Freshness.LATEST
            ? new LatestFrameQueue<>(options.staleAfter())
            : new EveryFrameQueue<>(options.staleAfter());
    this.filling = new FillingBatch<>(engine.newBatch(options.size()));
    this.other = new FillingBatch<>(engine.newBatch(options.size()));
    this.settling = Executors.newSingleThreadExecutor(task -> daemon("alcedo-settle", task));
    for (int i = 0; i < options.decodeThreads(); i++) {
      daemon("alcedo-decode-" + i, this::decodeFrames).start();
    }
    daemon("alcedo-infer", this::runBatches).start();
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Gives in a frame or a part of one. Never blocks and never throws; the future tells. */
  CompletableFuture<Outcome<R>> submit(
      Object owner, String camera, Instant published, PicturePart part) {
    CompletableFuture<Outcome<R>> outcome = new CompletableFuture<>();
    FrameRequest<R> request =
        new FrameRequest<>(owner, camera, published, part, ticker.getAsLong(), outcome);
    List<FrameRequest<R>> superseded = new ArrayList<>();
    Dead<R> refusal;
    lock.lock();
    try {
      refusal = refusal(request);
      if (refusal == null) {
        queue.offer(request, superseded::add);
        work.signal();
      }
    } finally {
      lock.unlock();
    }
    superseded.forEach(overtaken -> settle(overtaken, new Dropped<>(Dropped.SUPERSEDED)));
    if (refusal != null) {
      settle(request, refusal);
    }
    return outcome;
  }

  private Dead<R> refusal(FrameRequest<R> request) {
    if (closed) {
      return new Dead<>("the engine is closed");
    }
    if (queue.size() >= options.maxWaiting()) {
      return new Dead<>("queue full: %d frames wait".formatted(queue.size()));
    }
    long bytes = queue.bytes() + request.part().bytes();
    return bytes <= options.maxWaitingBytes()
        ? null
        : new Dead<>(
            "queue full: %d bytes would wait, limit %d"
                .formatted(bytes, options.maxWaitingBytes()));
  }

  /** Frames that wait for a place in a batch. */
  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** Cancels the waiting frames of one owner; nobody else's are touched. */
  void cancel(Object owner) {
    List<FrameRequest<R>> cancelled;
    lock.lock();
    try {
      cancelled = queue.remove(request -> request.owner() == owner);
      progress.signal();
    } finally {
      lock.unlock();
    }
    cancelled.forEach(FrameRequest::cancel);
  }

  private void decodeFrames() {
    while (true) {
      List<FrameRequest<R>> stale = new ArrayList<>();
      FrameRequest<R> request = null;
      FillingBatch<R> batch;
      int slot = -1;
      lock.lock();
      try {
        while (!closed && !mayTake()) {
          work.awaitUninterruptibly();
        }
        if (closed) {
          return;
        }
        batch = filling;
        request = queue.poll(clock.instant(), stale::add);
        if (request != null && !request.isSettled()) {
          slot = batch.reserve(request);
        }
        progress.signal();
      } finally {
        lock.unlock();
      }
      stale.forEach(late -> settle(late, new Dropped<>(Dropped.STALE)));
      if (slot >= 0) {
        decode(request, batch, slot);
      } else if (request != null) {
        request.part().release(); // its asker gave it up while it waited
      }
    }
  }

  private boolean mayTake() {
    return queue.size() > 0 && filling.hasRoom() && (queue.takesAhead() || !running);
  }

  private void decode(FrameRequest<R> request, FillingBatch<R> batch, int slot) {
    Dead<R> failure = null;
    try {
      request.part().place(decoder, batch.frames(), slot);
    } catch (UndecodableFrameException e) {
      failure = new Dead<>(e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.warn("Decoding a frame of camera {} failed", request.camera(), e);
      failure = new Dead<>("decoding failed: " + e);
    } finally {
      request.part().release();
    }
    lock.lock();
    try {
      if (failure == null) {
        batch.ready(slot);
      } else {
        batch.vacate(slot);
        work.signal();
      }
      progress.signal();
    } finally {
      lock.unlock();
    }
    if (failure != null) {
      settle(request, failure);
    }
  }

  private void runBatches() {
    try {
      for (FillingBatch<R> batch = nextBatch(); batch != null; batch = nextBatch()) {
        List<FrameRequest<R>> requests = batch.compact();
        List<Outcome<R>> outcomes = runner.run(batch.frames(), requests.size());
        for (int i = 0; i < requests.size(); i++) {
          settle(requests.get(i), complete(outcomes.get(i), requests.get(i).part()));
        }
        finished(batch);
      }
    } catch (InterruptedException e) {
      LOG.warn("The inference thread was interrupted: its engine closes", e);
    } finally {
      release();
    }
  }

  private Outcome<R> complete(Outcome<R> outcome, PicturePart part) {
    return outcome instanceof Inferred<R> inferred ? inferred.with(part.facts()) : outcome;
  }

  /** Waits for a batch that is due and lets the other one fill; null when closed. */
  private FillingBatch<R> nextBatch() throws InterruptedException {
    lock.lock();
    try {
      while (awaitDue()) {
        filling.seal();
        awaitDecoders();
        if (!filling.isEmpty()) {
          return swap();
        }
        filling.reset(); // every picture of it was undecodable
        work.signalAll();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** With the lock held. False when closed. */
  private boolean awaitDue() throws InterruptedException {
    while (!closed) {
      long wait =
          filling.nanosUntilDue(ticker.getAsLong(), options.linger().toNanos(), queue.size() > 0);
      if (wait <= 0) {
        return true;
      }
      long unused = progress.awaitNanos(wait);
    }
    return false;
  }

  /** With the lock held. */
  private void awaitDecoders() {
    while (filling.isDecoding()) {
      progress.awaitUninterruptibly();
    }
  }

  private FillingBatch<R> swap() {
    FillingBatch<R> due = filling;
    filling = other;
    other = due;
    running = true;
    work.signalAll();
    return due;
  }

  private void finished(FillingBatch<R> batch) {
    lock.lock();
    try {
      batch.reset();
      running = false;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void settle(FrameRequest<R> request, Outcome<R> outcome) {
    request.part().release();
    try {
      settling.execute(() -> request.outcome().complete(outcome));
    } catch (RejectedExecutionException e) {
      // Closed in between: whoever asked is gone, or must be told.
      request.outcome().cancel(false);
    }
  }

  private void release() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      awaitDecoders(); // they write into the memory that is freed below
      queue.remove(request -> true).forEach(FrameRequest::cancel);
    } finally {
      lock.unlock();
    }
    runner.close();
    filling.frames().close();
    other.frames().close();
    ended.countDown();
  }

  /** Ends the threads after the batch that runs; frames that still wait are cancelled. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (!ended.await(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn(
            "An inference still runs after {} s; its engine closes when it ends",
            CLOSE_PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    settling.shutdown();
  }
}
