package io.alcedo.training.evaluation.tracking;

import io.alcedo.connectors.geometry.Assignment;
import io.alcedo.training.evaluation.tracking.TrackingSequence.Frame;

/**
 * How well identities are kept over the whole sequence (Ristani et al. 2016): each person is given
 * at most one track, and each track at most one person, so that they overlap by half in as many
 * frames as can be.
 *
 * @param right frames in which a person's own track is there
 * @param missed the other frames of people
 * @param wrong the other frames of tracks
 */
public record IdentityScore(long right, long missed, long wrong) {
  private static final double LEAST_OVERLAP = 0.5;

  /** IDF1, 0 to 1. */
  public double f1() {
    return right / Math.max(1, right + 0.5 * missed + 0.5 * wrong);
  }

  /** IDP, 0 to 1. */
  public double precision() {
    return (double) right / Math.max(1, right + wrong);
  }

  /** IDR, 0 to 1. */
  public double recall() {
    return (double) right / Math.max(1, right + missed);
  }

  /** Counts. */
  public static IdentityScore of(TrackingSequence sequence) {
    double[][] together = new double[sequence.people()][sequence.trackCount()];
    long ofPeople = 0;
    long ofTracks = 0;
    for (Frame frame : sequence.frames()) {
      ofPeople += frame.truths().length;
      ofTracks += frame.tracks().length;
      for (int i = 0; i < frame.truths().length; i++) {
        for (int j = 0; j < frame.tracks().length; j++) {
          boolean overlap = frame.overlaps()[i][j] >= LEAST_OVERLAP;
          together[frame.truths()[i]][frame.tracks()[j]] -= overlap ? 1 : 0;
        }
      }
    }
    int[] chosen = Assignment.cheapest(together);
    long right = 0;
    for (int i = 0; i < chosen.length; i++) {
      right -= chosen[i] == Assignment.NONE ? 0 : Math.round(together[i][chosen[i]]);
    }
    return new IdentityScore(right, ofPeople - right, ofTracks - right);
  }
}
