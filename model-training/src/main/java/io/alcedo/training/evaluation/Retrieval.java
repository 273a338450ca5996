package io.alcedo.training.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Whether the pictures most alike to one are of the same person, at another time or by another
 * camera: each picture asks for its likes among all others. Those of the same identity taken less
 * than the gap before or after it, or by its own camera, are neither right nor wrong, because
 * neighbouring frames are near copies. Pictures whose identity is not seen otherwise ask nothing.
 *
 * @param queries that were asked
 * @param left pictures that asked nothing
 * @param recall share of the queries whose most similar picture is of the same identity (rank-1 of
 *     the re-identification literature)
 * @param meanAveragePrecision mean over the queries of the average precision of the whole ranking
 *     (Zheng et al. 2015, section 5.1)
 * @param chance share of right answers among all, averaged over the queries: what a random ranking
 *     would have as recall
 */
public record Retrieval(
    int queries, int left, double recall, double meanAveragePrecision, double chance) {

  /**
   * A picture that asks and is asked for.
   *
   * @param camera that took it
   * @param seconds when it was taken
   * @param vector of length 1
   */
  public record Item(String identity, String camera, double seconds, float[] vector) {}

  /** A possible answer. */
  private record Answer(int item, double similarity, boolean right) {}

  /**
   * Ranks all pictures for each.
   *
   * @param gap seconds between two pictures of the same identity that count
   */
  public static Retrieval of(List<Item> items, double gap) {
    return of(items, (one, other) -> Math.abs(one.seconds() - other.seconds()) >= gap);
  }

  /**
   * Ranks all pictures for each; only those of other cameras are right (Zheng et al. 2015). Who is
   * somebody else is a wrong answer whichever camera took him.
   */
  public static Retrieval acrossCameras(List<Item> items) {
    return of(items, (one, other) -> !one.camera().equals(other.camera()));
  }

  /** Of two pictures of the same identity it is asked whether they count. */
  private static Retrieval of(List<Item> items, BiPredicate<Item, Item> counts) {
    int queries = 0;
    double first = 0;
    double precision = 0;
    double chance = 0;
    for (int query = 0; query < items.size(); query++) {
      List<Answer> answers = answers(items, query, counts);
      long right = answers.stream().filter(Answer::right).count();
      if (right == 0) {
        continue;
      }
      answers.sort(
          Comparator.comparingDouble((Answer answer) -> -answer.similarity())
              .thenComparingInt(Answer::item));
      queries++;
      first += answers.get(0).right() ? 1 : 0;
      precision += averagePrecision(answers, right);
      chance += (double) right / answers.size();
    }
    int asked = Math.max(1, queries);
    return new Retrieval(
        queries, items.size() - queries, first / asked, precision / asked, chance / asked);
  }

  private static List<Answer> answers(List<Item> items, int query, BiPredicate<Item, Item> counts) {
    Item asking = items.get(query);
    List<Answer> answers = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      boolean same = item.identity().equals(asking.identity());
      if (!same || (i != query && counts.test(asking, item))) {
        answers.add(new Answer(i, dot(asking.vector(), item.vector()), same));
      }
    }
    return answers;
  }

  private static double averagePrecision(List<Answer> ranked, long right) {
    double sum = 0;
    int found = 0;
    for (int rank = 0; rank < ranked.size() && found < right; rank++) {
      if (ranked.get(rank).right()) {
        found++;
        sum += (double) found / (rank + 1);
      }
    }
    return sum / right;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
