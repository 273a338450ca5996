package io.alcedo.training.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether the program was asked to end (Ctrl-C, SIGTERM). Java would unload libtorch while a step
 * still computes, and crash; so the end waits until the run has saved itself between two steps.
 */
final class StopRequest implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook = new Thread(this::waitForRun, "alcedo-stop");
  private volatile boolean requested;

  private StopRequest() {}

  /** Listens from now on. */
  static StopRequest listen() {
    StopRequest request = new StopRequest();
    Runtime.getRuntime().addShutdownHook(request.hook);
    return request;
  }

  private void waitForRun() {
    requested = true;
    try {
      saved.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean requested() {
    return requested;
  }

  /** Lets the program end, which ends the calling thread with it. */
  void comply() {
    saved.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    saved.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The program has begun to end in this moment; the hook waits for nothing any more.
      }
    }
  }
}
