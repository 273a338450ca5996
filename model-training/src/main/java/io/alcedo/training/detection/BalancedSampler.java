package io.alcedo.training.detection;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws boxes to train on, with a bounded share of positives, filled up with background.
 *
 * @param count of an image at most
 * @param positiveShare of them at most
 */
public record BalancedSampler(int count, double positiveShare) {
  /**
   * A draw.
   *
   * @param positives indices of boxes that belong to an object, ascending
   * @param negatives indices of background, ascending
   */
  public record Sample(int[] positives, int[] negatives) {
    /** Number of boxes drawn. */
    public int size() {
      return positives.length + negatives.length;
    }
  }

  /** Draws from the outcome of {@link Matcher#match}. */
  public Sample draw(int[] match, RandomGenerator random) {
    int[] positives = draw(indices(match, false), (int) (count * positiveShare), random);
    int[] negatives = draw(indices(match, true), count - positives.length, random);
    return new Sample(positives, negatives);
  }

  private static int[] indices(int[] match, boolean background) {
    int[] found = new int[match.length];
    int size = 0;
    for (int i = 0; i < match.length; i++) {
      if (background ? match[i] == Matcher.BACKGROUND : match[i] >= 0) {
        found[size++] = i;
      }
    }
    return Arrays.copyOf(found, size);
  }

  /** The first of a partial Fisher-Yates shuffle. */
  private static int[] draw(int[] from, int limit, RandomGenerator random) {
    if (from.length > limit) {
      for (int i = 0; i < limit; i++) {
        int j = random.nextInt(i, from.length);
        int swap = from[i];
        from[i] = from[j];
        from[j] = swap;
      }
    }
    int[] drawn = Arrays.copyOf(from, Math.min(from.length, limit));
    Arrays.sort(drawn);
    return drawn;
  }
}
