package io.alcedo.training.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which detection of an image takes which true object, as {@code COCOeval.evaluateImg} decides: in
 * the order of their scores each takes the free object that it overlaps most, the later one where
 * two are alike, an ignored one only where no other is left. Crowds stay free.
 *
 * @param truthOf [D] index of the true object that a detection took, −1 where none
 * @param ignored [D] whether the detection counts neither as right nor as wrong
 * @param truthIgnored [G] whether the true object does not count
 */
record Matching(int[] truthOf, boolean[] ignored, boolean[] truthIgnored) {
  private static final double ALMOST_ONE = 1 - 1e-10;

  /**
   * Matches.
   *
   * @param iou least overlap
   */
  static Matching of(ImageOverlaps image, double iou, AreaRange range) {
    int truths = image.truths().size();
    boolean[] truthIgnored = new boolean[truths];
    for (int g = 0; g < truths; g++) {
      truthIgnored[g] =
          image.truths().get(g).crowd() || !range.contains(image.truths().get(g).area());
    }
    int[] order = lastIgnored(truthIgnored);
    int[] truthOf = new int[image.areas().length];
    boolean[] ignored = new boolean[truthOf.length];
    boolean[] taken = new boolean[truths];
    for (int d = 0; d < truthOf.length; d++) {
      int match = best(image, d, Math.min(iou, ALMOST_ONE), order, truthIgnored, taken);
      truthOf[d] = match;
      ignored[d] = match < 0 ? !range.contains(image.areas()[d]) : truthIgnored[match];
      if (match >= 0) {
        taken[match] = !image.truths().get(match).crowd();
      }
    }
    return new Matching(truthOf, ignored, truthIgnored);
  }

  /** Indices of the true objects, those that count first. */
  private static int[] lastIgnored(boolean[] ignored) {
    return IntStream.concat(
            IntStream.range(0, ignored.length).filter(g -> !ignored[g]),
            IntStream.range(0, ignored.length).filter(g -> ignored[g]))
        .toArray();
  }

  private static int best(
      ImageOverlaps image,
      int detection,
      double least,
      int[] order,
      boolean[] ignored,
      boolean[] taken) {
    int best = -1;
    double most = least;
    for (int g : order) {
      if (best >= 0 && !ignored[best] && ignored[g]) {
        break;
      }
      if (!taken[g] && image.overlap()[detection][g] >= most) {
        best = g;
        most = image.overlap()[detection][g];
      }
    }
    return best;
  }

  /** Number of true objects that count. */
  int truths() {
    return (int) IntStream.range(0, truthIgnored.length).filter(g -> !truthIgnored[g]).count();
  }

  /** Whether a detection took a true object that counts. */
  boolean right(int detection) {
    return truthOf[detection] >= 0 && !ignored[detection];
  }

  /** [G] Whether a detection took the true object. */
  boolean[] found() {
    boolean[] found = new boolean[truthIgnored.length];
    Arrays.stream(truthOf).filter(g -> g >= 0).forEach(g -> found[g] = true);
    return found;
  }
}
