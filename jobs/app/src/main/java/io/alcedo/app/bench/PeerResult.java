package io.alcedo.app.bench;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects that an implementation found in the frame of the comparison, with masks in the whole
 * frame.
 */
record PeerResult(List<Found> objects) {
  /** One object; label ids from 1. */
  record Found(Box box, long label, double score, RleMask mask) {}

  /**
   * How far two implementations are apart.
   *
   * @param missing objects of the one without a counterpart in the other
   * @param box px of the corner that is furthest off
   * @param maskPixels share of the masks' pixels that differ
   */
  record Difference(int missing, double box, double score, double maskPixels) {}

  private static final double SAME = 0.9;

  /** Compares with a reference: each of its objects with the one of its label that fits best. */
  Difference from(PeerResult reference) {
    List<Found> free = new ArrayList<>(objects);
    int missing = 0;
    double box = 0;
    double score = 0;
    long differing = 0;
    long pixels = 0;
    for (Found expected : reference.objects()) {
      Found match = best(expected, free);
      if (match == null) {
        missing++;
        continue;
      }
      free.remove(match);
      box = Math.max(box, corners(match.box(), expected.box()));
      score = Math.max(score, Math.abs(match.score() - expected.score()));
      long both = match.mask().intersection(expected.mask());
      differing += match.mask().area() + expected.mask().area() - 2 * both;
      pixels += expected.mask().area();
    }
    return new Difference(
        missing + free.size(), box, score, pixels == 0 ? 0 : (double) differing / pixels);
  }

  private static Found best(Found expected, List<Found> free) {
    Found best = null;
    double most = SAME;
    for (Found candidate : free) {
      double iou = candidate.box().iou(expected.box());
      if (candidate.label() == expected.label() && iou > most) {
        best = candidate;
        most = iou;
      }
    }
    return best;
  }

  private static double corners(Box a, Box b) {
    return Math.max(
        Math.max(Math.abs(a.x() - b.x()), Math.abs(a.y() - b.y())),
        Math.max(Math.abs(a.right() - b.right()), Math.abs(a.bottom() - b.bottom())));
  }
}
