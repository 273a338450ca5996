package io.alcedo.operators.stream.inference;

import java.util.List;

/** A model that looks at several pictures at once. One thread at a time. */
public interface BatchEngine extends AutoCloseable {

  /** px. */
  int canvasWidth();

  /** px. */
  int canvasHeight();

  /**
   * Runs the model on some neighbouring slots of a batch.
   *
   * @return one element per slot, in order
   * @throws InferenceException if the run fails; no picture has a result then
   */
  List<Detections> run(FrameBatch batch, int from, int count);

  @Override
  void close();
}
