package io.alcedo.training.evaluation.tracking;

import io.alcedo.connectors.geometry.Box;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was true and what a tracker said, frame by frame, as the figures of this package want it:
 * identities are numbered from 0, overlaps are worked out once. Not thread-safe while it is filled.
 */
public final class TrackingSequence {
  /** Who is where in a frame. */
  public record Known(String id, Box box) {}

  /**
   * One frame.
   *
   * @param truths numbers of the people who are there
   * @param tracks numbers of the tracks that are reported
   * @param overlaps intersection over union, [truths][tracks]
   */
  record Frame(int[] truths, int[] tracks, double[][] overlaps) {}

  private final Map<String, Integer> truths = new HashMap<>();
  private final Map<String, Integer> tracks = new HashMap<>();
  private final List<Frame> frames = new ArrayList<>();

  /**
   * Adds the next frame.
   *
   * @param known people by ground truth
   * @param reported boxes of the tracker
   * @throws IllegalArgumentException if an identity is twice in it
   */
  public void add(List<Known> known, List<Known> reported) {
    double[][] overlaps = new double[known.size()][reported.size()];
    for (int i = 0; i < known.size(); i++) {
      for (int j = 0; j < reported.size(); j++) {
        overlaps[i][j] = known.get(i).box().iou(reported.get(j).box());
      }
    }
    frames.add(new Frame(numbers(known, truths), numbers(reported, tracks), overlaps));
  }

  private int[] numbers(List<Known> things, Map<String, Integer> byId) {
    int[] numbers = new int[things.size()];
    for (int i = 0; i < numbers.length; i++) {
      String id = things.get(i).id();
      for (int j = 0; j < i; j++) {
        if (things.get(j).id().equals(id)) {
          throw new IllegalArgumentException(
              "frame %d of the sequence has identity %s twice".formatted(frames.size() + 1, id));
        }
      }
      numbers[i] = byId.computeIfAbsent(id, unused -> byId.size());
    }
    return numbers;
  }

  List<Frame> frames() {
    return frames;
  }

  /** How many people there are over all frames. */
  public int people() {
    return truths.size();
  }

  /** How many tracks were reported over all frames. */
  public int trackCount() {
    return tracks.size();
  }

  /** In how many frames each person is, by number. */
  int[] framesOfPeople() {
    int[] counts = new int[people()];
    for (Frame frame : frames) {
      for (int truth : frame.truths()) {
        counts[truth]++;
      }
    }
    return counts;
  }

  /** In how many frames each track is reported, by number. */
  int[] framesOfTracks() {
    int[] counts = new int[trackCount()];
    for (Frame frame : frames) {
      for (int track : frame.tracks()) {
        counts[track]++;
      }
    }
    return counts;
  }
}
