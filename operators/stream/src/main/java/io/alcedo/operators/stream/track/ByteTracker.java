package io.alcedo.operators.stream.track;

import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.TrackState;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.event.TrackedObject;
import io.alcedo.connectors.geometry.Assignment;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.operators.stream.track.TrackerState.Track;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joins the objects of successive frames to tracks, in two stages (ByteTrack, Zhang et al. 2022):
 * objects of high scores are given to all tracks that are known, by optimal assignment over the
 * overlap with where each is expected; objects of low scores, which are mostly people half hidden,
 * may only continue tracks that were seen in the last frame. What is left of high scores opens
 * tracks, tentative at first.
 *
 * <p>Where an encoder says what objects of high scores look like, and the options ask for it, a
 * pair is as far apart as the nearer of two distances says (BoT-SORT, Aharon et al. 2022): 1 -
 * overlap · score, and half the cosine distance, which counts only for pairs that are near and
 * alike. So likeness can decide between those who stand close together, and gives nobody who is
 * somewhere else.
 *
 * <pre>
 *                 seen often, and clearly                not seen
 *   tentative ────────────────────────────► confirmed ──────────► lost
 *       │ not seen twice                        ▲     seen again   │ not seen for the patience
 *       ▼                                       └──────────────────┤
 *     over                                                         ▼ over
 * </pre>
 *
 * A pure function of the state and the line: no clock. Time is event time, so rates and gaps do not
 * matter. Frames that were dropped or dead, and heartbeats, show nothing and disprove nothing: time
 * passes, and that is all. A new session ends all tracks. Where time jumps back, as when a file is
 * played again, or forward by more than {@link #LONGEST_GAP}, they end too. A camera that changes
 * its resolution shows the same people at the same parts of its picture.
 */
public record ByteTracker(TrackerOptions options) implements Serializable {
  /** A tentative track may be missed once in a row. */
  private static final int TENTATIVE_MISSES = 1;

  /** Frames for which a slow camera's tracks are looked for, however long that is. */
  private static final int PATIENT_FRAMES = 2;

  /** Over which nobody is followed: a camera that is meant to follow people is faster. */
  static final Duration LONGEST_GAP = Duration.ofSeconds(5);

  /** What one line brought about. */
  public record Step(TrackerState state, TrackedLine tracked) {}

  /** Takes one line, in its camera's order. */
  public Step accept(TrackerState state, DetectionLine line) {
    return new Work(state, line).step();
  }

  /** How well an object fits a track, 0 to 1. */
  private interface Fit {
    double of(Track track, int object);
  }

  /** A line being joined to tracks. */
  private final class Work {
    private final DetectionLine line;
    private final Instant now;
    private final List<Track> tracks = new ArrayList<>(); // at the line's time
    private final List<String> ended = new ArrayList<>();
    private final List<DetectedObject> objects = new ArrayList<>();
    private final List<TrackAppearance> looks = new ArrayList<>(); // by object, null = unknown
    private final boolean[] found; // by track
    private final int[] ofObjects;
    private final int width;
    private final int height;

    Work(TrackerState state, DetectionLine line) {
      this.line = line;
      this.now = line.captureTime();
      boolean isSized = line.width() > 0 && line.height() > 0;
      this.width = isSized ? line.width() : state.width();
      this.height = isSized ? line.height() : state.height();
      if (goesOn(state)) {
        takeOver(state);
      } else {
        state.tracks().forEach(this::end);
      }
      for (DetectedObject object : line.objects()) {
        if (object.score() >= options.minScore()) {
          objects.add(object);
          looks.add(options.appearance() == null ? null : TrackAppearance.of(line, object));
        }
      }
      found = new boolean[tracks.size()];
      ofObjects = new int[objects.size()];
      Arrays.fill(ofObjects, Assignment.NONE);
    }

    private boolean goesOn(TrackerState state) {
      if (!state.session().equals(line.frame().session())) {
        return false;
      }
      Duration passed = passed(state);
      return !passed.isNegative() && passed.compareTo(LONGEST_GAP) <= 0;
    }

    private Duration passed(TrackerState state) {
      return state.time() == null ? Duration.ZERO : Duration.between(state.time(), now);
    }

    private void takeOver(TrackerState state) {
      Duration passed = passed(state);
      boolean wasResized =
          state.width() > 0 && (state.width() != width || state.height() != height);
      double byX = wasResized ? (double) width / state.width() : 1;
      double byY = wasResized ? (double) height / state.height() : 1;
      for (Track track : state.tracks()) {
        Track here = wasResized ? track.scaled(byX, byY) : track;
        tracks.add(here.after(passed));
      }
    }

    Step step() {
      if (line.status() == LineStatus.OK) {
        join();
        for (int t = 0; t < found.length; t++) {
          if (!found[t]) {
            tracks.set(t, tracks.get(t).missed());
          }
        }
        open();
      }
      List<TrackedObject> tracked = tracked();
      removeThoseThatAreOver();
      TrackerState state =
          new TrackerState(
              TrackerState.VERSION, line.frame().session(), now, tracks, width, height);
      return new Step(state, new TrackedLine(line, tracked, ended));
    }

    private void join() {
      List<Integer> high = objectsFrom(options.highScore(), 1.1);
      match(
          tracksIn(TrackState.CONFIRMED, TrackState.LOST),
          high,
          this::scored,
          options.minOverlap());
      List<Integer> low = objectsFrom(options.minScore(), options.highScore());
      match(tracksIn(TrackState.CONFIRMED), low, this::overlap, options.minLowOverlap());
      match(tracksIn(TrackState.TENTATIVE), high, this::scored, options.minOverlap());
    }

    private double overlap(Track track, int object) {
      return track.motion().box().iou(objects.get(object).box());
    }

    /** By place and, where both are known, by looks. */
    private double scored(Track track, int object) {
      double overlap = overlap(track, object);
      double byPlace = overlap * objects.get(object).score();
      if (looks.get(object) == null || track.appearance() == null) {
        return byPlace;
      }
      double likeness = track.appearance().likeness(looks.get(object));
      AppearanceOptions gate = options.appearance();
      boolean counts = likeness >= gate.minLikeness() && overlap >= gate.minOverlap();
      return counts ? Math.max(byPlace, (1 + likeness) / 2) : byPlace;
    }

    /** Those that have no track yet, with scores in [from, below). */
    private List<Integer> objectsFrom(double from, double below) {
      List<Integer> chosen = new ArrayList<>();
      for (int i = 0; i < objects.size(); i++) {
        double score = objects.get(i).score();
        if (score >= from && score < below) {
          chosen.add(i);
        }
      }
      return chosen;
    }

    /** Those that were not found in this frame yet. */
    private List<Integer> tracksIn(TrackState... states) {
      List<TrackState> wanted = List.of(states);
      List<Integer> chosen = new ArrayList<>();
      for (int t = 0; t < found.length; t++) {
        if (!found[t] && wanted.contains(tracks.get(t).state())) {
          chosen.add(t);
        }
      }
      return chosen;
    }

    private void match(List<Integer> ofTracks, List<Integer> candidates, Fit fit, double least) {
      List<Integer> ofCandidates = new ArrayList<>(candidates);
      ofCandidates.removeIf(i -> ofObjects[i] != Assignment.NONE);
      if (ofTracks.isEmpty() || ofCandidates.isEmpty()) {
        return;
      }
      double[][] costs = new double[ofTracks.size()][ofCandidates.size()];
      for (int t = 0; t < costs.length; t++) {
        Track track = tracks.get(ofTracks.get(t));
        for (int i = 0; i < costs[t].length; i++) {
          int object = ofCandidates.get(i);
          boolean may = track.label().equals(objects.get(object).label());
          costs[t][i] = may ? Math.max(0, 1 - fit.of(track, object)) : 1;
        }
      }
      int[] chosen = Assignment.within(costs, 1 - least);
      for (int t = 0; t < chosen.length; t++) {
        if (chosen[t] != Assignment.NONE) {
          take(ofTracks.get(t), ofCandidates.get(chosen[t]));
        }
      }
    }

    private void take(int track, int object) {
      tracks.set(
          track, tracks.get(track).seenAt(objects.get(object), looks.get(object), now, options));
      found[track] = true;
      ofObjects[object] = track;
    }

    private void open() {
      for (int i = 0; i < ofObjects.length; i++) {
        DetectedObject object = objects.get(i);
        if (ofObjects[i] == Assignment.NONE && object.score() >= options.openScore()) {
          ofObjects[i] = tracks.size();
          tracks.add(Track.open(object, looks.get(i), now, options));
        }
      }
    }

    private List<TrackedObject> tracked() {
      List<TrackedObject> tracked = new ArrayList<>(ofObjects.length);
      for (int i = 0; i < ofObjects.length; i++) {
        if (ofObjects[i] != Assignment.NONE) {
          Track track = tracks.get(ofObjects[i]);
          tracked.add(new TrackedObject(objects.get(i), track.id(), track.state(), track.opened()));
        }
      }
      return tracked;
    }

    private void removeThoseThatAreOver() {
      tracks.removeIf(
          track -> {
            if (isOver(track)) {
              end(track);
              return true;
            }
            return false;
          });
    }

    private boolean isOver(Track track) {
      if (line.status() == LineStatus.END) {
        return true;
      }
      if (track.state() == TrackState.TENTATIVE) {
        return track.misses() > TENTATIVE_MISSES;
      }
      if (track.misses() > 0 && line.status() == LineStatus.OK && hasGone(track.motion().box())) {
        return true;
      }
      boolean tooLong = Duration.between(track.seen(), now).compareTo(options.patience()) > 0;
      return tooLong && (track.misses() > PATIENT_FRAMES || line.status() != LineStatus.OK);
    }

    /** Whether the middle of where it is expected lies outside the picture. */
    private boolean hasGone(Box box) {
      boolean known = line.width() > 0 && line.height() > 0;
      boolean beside = box.centerX() < 0 || box.centerX() > line.width();
      boolean above = box.centerY() < 0 || box.centerY() > line.height();
      return known && (beside || above);
    }

    private void end(Track track) {
      if (track.state() != TrackState.TENTATIVE) {
        ended.add(track.id());
      }
    }
  }
}
