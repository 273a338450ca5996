package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.geometry.Placement;
import java.util.List;
import java.util.Set;

/**
 * Turns what a graph gives into what its model says of each picture.
 *
 * @param <R> what it says of one
 */
interface OutputReader<R> {

  /** Outputs that are read. */
  Set<String> names();

  /**
   * Reads one run.
   *
   * @param fits how the pictures that went in lay on their canvases
   * @return one element per picture, in order
   * @throws InferenceException if the values contradict each other
   */
  List<R> read(OutputValues values, List<Placement> fits);
}
