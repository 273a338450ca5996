package io.alcedo.app.bench.index;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;

/**
 * The nearest of all vectors to each query, by comparing with every one as it passes by: none has
 * to be kept.
 */
final class ExactNeighbours {
  private final float[][] queries;
  private final float[][] scores; // [queries, k], best first
  private final int[][] numbers; // [queries, k]

  ExactNeighbours(float[][] queries, int k) {
    this.queries = queries;
    this.scores = new float[queries.length][k];
    this.numbers = new int[queries.length][k];
    for (float[] row : scores) {
      Arrays.fill(row, Float.NEGATIVE_INFINITY);
    }
  }

  void look(int number, float[] vector) {
    for (int query = 0; query < queries.length; query++) {
      float score = VectorUtil.dotProduct(queries[query], vector);
      if (score > scores[query][scores[query].length - 1]) {
        insert(query, number, score);
      }
    }
  }

  private void insert(int query, int number, float score) {
    float[] best = scores[query];
    int place = best.length - 1;
    while (place > 0 && best[place - 1] < score) {
      best[place] = best[place - 1];
      numbers[query][place] = numbers[query][place - 1];
      place--;
    }
    best[place] = score;
    numbers[query][place] = number;
  }

  Set<Integer> of(int query) {
    return IntStream.of(numbers[query]).boxed().collect(Collectors.toSet());
  }
}
