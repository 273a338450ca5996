package io.alcedo.training.evaluation.tracking;

import io.alcedo.connectors.geometry.Assignment;
import io.alcedo.training.evaluation.tracking.TrackingSequence.Frame;

/**
 * Higher order tracking accuracy (Luiten et al. 2021): the geometric mean of how well people are
 * found and how well what is found is joined, over overlaps from 0.05 to 0.95.
 *
 * @param hota mean over the overlaps, 0 to 1
 * @param detection DetA, mean, 0 to 1
 * @param association AssA, mean, 0 to 1
 * @param localisation LocA, mean, 0 to 1
 */
public record Hota(double hota, double detection, double association, double localisation) {
  private static final int STEPS = 19;
  private static final double STEP = 0.05;
  private static final double EPSILON = Math.ulp(1.0);

  /** Works it out. */
  public static Hota of(TrackingSequence sequence) {
    double[][] alignment = alignment(sequence);
    int[] ofPeople = sequence.framesOfPeople();
    int[] ofTracks = sequence.framesOfTracks();
    long people = total(ofPeople);
    long tracks = total(ofTracks);
    int[][] matched = matches(sequence, alignment);
    double hota = 0;
    double detection = 0;
    double association = 0;
    double localisation = 0;
    for (int step = 1; step <= STEPS; step++) {
      double least = step * STEP - EPSILON;
      int[][] together = new int[ofPeople.length][ofTracks.length];
      long found = 0;
      double overlaps = 0;
      for (int f = 0; f < matched.length; f++) {
        Frame frame = sequence.frames().get(f);
        for (int i = 0; i < matched[f].length; i++) {
          int j = matched[f][i];
          if (j != Assignment.NONE && frame.overlaps()[i][j] >= least) {
            together[frame.truths()[i]][frame.tracks()[j]]++;
            found++;
            overlaps += frame.overlaps()[i][j];
          }
        }
      }
      double ofFound = (double) found / Math.max(1, people + tracks - found);
      double ofJoined = joined(together, ofPeople, ofTracks) / Math.max(1, found);
      hota += Math.sqrt(ofFound * ofJoined) / STEPS;
      detection += ofFound / STEPS;
      association += ofJoined / STEPS;
      localisation += (found == 0 ? 1 : overlaps / found) / STEPS;
    }
    return new Hota(hota, detection, association, localisation);
  }

  private static long total(int[] counts) {
    long total = 0;
    for (int count : counts) {
      total += count;
    }
    return total;
  }

  private static double joined(int[][] together, int[] ofPeople, int[] ofTracks) {
    double sum = 0;
    for (int i = 0; i < ofPeople.length; i++) {
      for (int j = 0; j < ofTracks.length; j++) {
        double both = together[i][j];
        sum += both * both / Math.max(1, ofPeople[i] + ofTracks[j] - both);
      }
    }
    return sum;
  }

  /** How much each person and each track go together over the whole sequence, 0 to 1. */
  private static double[][] alignment(TrackingSequence sequence) {
    int[] ofPeople = sequence.framesOfPeople();
    int[] ofTracks = sequence.framesOfTracks();
    double[][] together = new double[ofPeople.length][ofTracks.length];
    for (Frame frame : sequence.frames()) {
      double[][] overlaps = frame.overlaps();
      double[] rows = new double[frame.truths().length];
      double[] columns = new double[frame.tracks().length];
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < columns.length; j++) {
          rows[i] += overlaps[i][j];
          columns[j] += overlaps[i][j];
        }
      }
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < columns.length; j++) {
          double all = rows[i] + columns[j] - overlaps[i][j];
          together[frame.truths()[i]][frame.tracks()[j]] +=
              all > EPSILON ? overlaps[i][j] / all : 0;
        }
      }
    }
    for (int i = 0; i < ofPeople.length; i++) {
      for (int j = 0; j < ofTracks.length; j++) {
        together[i][j] /= ofPeople[i] + ofTracks[j] - together[i][j];
      }
    }
    return together;
  }

  /** The track of each person, frame by frame. */
  private static int[][] matches(TrackingSequence sequence, double[][] alignment) {
    int[][] matches = new int[sequence.frames().size()][];
    for (int f = 0; f < matches.length; f++) {
      Frame frame = sequence.frames().get(f);
      double[][] costs = new double[frame.truths().length][frame.tracks().length];
      for (int i = 0; i < costs.length; i++) {
        for (int j = 0; j < costs[i].length; j++) {
          costs[i][j] = -alignment[frame.truths()[i]][frame.tracks()[j]] * frame.overlaps()[i][j];
        }
      }
      matches[f] = Assignment.cheapest(costs);
    }
    return matches;
  }
}
