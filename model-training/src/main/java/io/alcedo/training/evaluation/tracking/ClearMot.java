package io.alcedo.training.evaluation.tracking;

import io.alcedo.connectors.geometry.Assignment;
import io.alcedo.training.evaluation.tracking.TrackingSequence.Frame;
import java.util.Arrays;

/**
 * The CLEAR MOT figures (Bernardin and Stiefelhagen 2008) as the MOT challenge's TrackEval counts
 * them: a person and a track match from an overlap of 0.5; a pair of the last frame stays together
 * as long as it may; else the overlaps add up to most.
 *
 * @param matches true positives
 * @param missed people without a track, over all frames
 * @param wrong tracks without a person, over all frames
 * @param switches how often a person was matched by another track than the one before
 * @param fragments how often a person was found again after being missed
 * @param mostlyTracked people matched in more than 80 % of their frames
 * @param mostlyLost people matched in less than 20 % of their frames
 * @param overlap sum of the matches' overlaps
 */
public record ClearMot(
    long matches,
    long missed,
    long wrong,
    long switches,
    long fragments,
    int mostlyTracked,
    int mostlyLost,
    double overlap) {
  private static final double LEAST_OVERLAP = 0.5;
  private static final double EPSILON = Math.ulp(1.0);
  private static final double STAYS = 1000;
  private static final int NONE = -1;

  /** MOTA: 1 less misses, wrong tracks and switches, per person and frame; may be below 0. */
  public double mota() {
    return (double) (matches - wrong - switches) / Math.max(1, matches + missed);
  }

  /** MOTP: mean overlap of the matches. */
  public double motp() {
    return overlap / Math.max(1, matches);
  }

  /** Share of what is reported that is somebody. */
  public double precision() {
    return (double) matches / Math.max(1, matches + wrong);
  }

  /** Share of people, over all frames, who are found. */
  public double recall() {
    return (double) matches / Math.max(1, matches + missed);
  }

  /** Counts. */
  public static ClearMot of(TrackingSequence sequence) {
    return new Count(sequence).result();
  }

  private static final class Count {
    private final TrackingSequence sequence;
    private final int[] lastTrack; // by person; ever
    private final int[] stretches; // by person
    private final int[] matchedFrames; // by person
    private int[] trackBefore; // by person; in the frame before
    private long matches;
    private long missed;
    private long wrong;
    private long switches;
    private double overlap;

    Count(TrackingSequence sequence) {
      this.sequence = sequence;
      int people = sequence.people();
      lastTrack = filled(people);
      trackBefore = filled(people);
      stretches = new int[people];
      matchedFrames = new int[people];
    }

    private static int[] filled(int size) {
      int[] values = new int[size];
      Arrays.fill(values, NONE);
      return values;
    }

    ClearMot result() {
      sequence.frames().forEach(this::add);
      int[] frames = sequence.framesOfPeople();
      long fragments = 0;
      int mostlyTracked = 0;
      int mostlyLost = 0;
      for (int i = 0; i < frames.length; i++) {
        fragments += Math.max(0, stretches[i] - 1);
        double share = (double) matchedFrames[i] / frames[i];
        mostlyTracked += share > 0.8 ? 1 : 0;
        mostlyLost += share < 0.2 ? 1 : 0;
      }
      return new ClearMot(
          matches, missed, wrong, switches, fragments, mostlyTracked, mostlyLost, overlap);
    }

    private void add(Frame frame) {
      int[] now = filled(trackBefore.length);
      int[] chosen = Assignment.cheapest(costs(frame));
      int matched = 0;
      for (int i = 0; i < chosen.length; i++) {
        if (chosen[i] != Assignment.NONE && mayMatch(frame.overlaps()[i][chosen[i]])) {
          int person = frame.truths()[i];
          int track = frame.tracks()[chosen[i]];
          matched++;
          overlap += frame.overlaps()[i][chosen[i]];
          matchedFrames[person]++;
          switches += lastTrack[person] != NONE && lastTrack[person] != track ? 1 : 0;
          stretches[person] += trackBefore[person] == NONE ? 1 : 0;
          lastTrack[person] = track;
          now[person] = track;
        }
      }
      trackBefore = now;
      matches += matched;
      missed += frame.truths().length - matched;
      wrong += frame.tracks().length - matched;
    }

    private double[][] costs(Frame frame) {
      double[][] costs = new double[frame.truths().length][frame.tracks().length];
      for (int i = 0; i < costs.length; i++) {
        for (int j = 0; j < costs[i].length; j++) {
          double of = frame.overlaps()[i][j];
          boolean stays = trackBefore[frame.truths()[i]] == frame.tracks()[j];
          costs[i][j] = mayMatch(of) ? -(of + (stays ? STAYS : 0)) : 0;
        }
      }
      return costs;
    }

    private static boolean mayMatch(double overlap) {
      return overlap >= LEAST_OVERLAP - EPSILON;
    }
  }
}
