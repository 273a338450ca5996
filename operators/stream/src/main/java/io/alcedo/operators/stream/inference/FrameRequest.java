package io.alcedo.operators.stream.inference;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * One frame on its way through the engine.
 *
 * @param owner who asked; compared by identity
 * @param camera whose frame it is
 * @param published when the publisher sent it
 * @param jpeg the encoded picture
 * @param submitted when it was given in, ns of the batcher's ticker
 * @param outcome is completed exactly once, or cancelled with its owner
 */
record FrameRequest(
    Object owner,
    String camera,
    Instant published,
    byte[] jpeg,
    long submitted,
    CompletableFuture<Outcome> outcome) {

  /** Whether nobody waits any more. */
  boolean isSettled() {
    return outcome.isDone();
  }
}
