package io.alcedo.operators.stream.inference;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a classifier says of one picture.
 *
 * @param probabilities [classes], 0 to 1, together 1
 */
public record ClassScores(float[] probabilities) {

  /** The k most probable classes, best first, from a probability on; ties in the classes' order. */
  public List<Integer> best(int k, double least) {
    return IntStream.range(0, probabilities.length)
        .filter(i -> probabilities[i] >= least)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
        .limit(k)
        .toList();
  }
}
