package io.alcedo.operators.stream.inference;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * One frame, or a part of one, on its way through the engine.
 *
 * @param owner who asked; compared by identity
 * @param camera whose frame it is
 * @param published when the publisher sent it
 * @param part what the model shall see; released when the request leaves the queue
 * @param submitted when it was given in, ns of the batcher's ticker
 * @param outcome is completed exactly once, or cancelled with its owner
 */
record FrameRequest<R>(
    Object owner,
    String camera,
    Instant published,
    PicturePart part,
    long submitted,
    CompletableFuture<Outcome<R>> outcome) {

  /** Whether nobody waits any more. */
  boolean isSettled() {
    return outcome.isDone();
  }

  /** Gives up: nobody will answer. */
  void cancel() {
    part.release();
    outcome.cancel(false);
  }
}
