package io.alcedo.operators.stream.inference;

import java.util.List;

/**
 * A model that looks at pictures. One thread at a time.
 *
 * @param <R> what it says of one picture
 */
public interface BatchEngine<R> extends AutoCloseable {

  /** Memory for pictures as this model wants them; whoever asks closes it. */
  FrameBatch newBatch(int capacity);

  /** Whether several pictures go through the model at once, and not one after the other. */
  boolean isBatched();

  /**
   * Runs the model on some neighbouring slots of a batch.
   *
   * @return one element per slot, in order
   * @throws InferenceException if the run fails; no picture has a result then
   */
  List<R> run(FrameBatch batch, int from, int count);

  @Override
  void close();
}
