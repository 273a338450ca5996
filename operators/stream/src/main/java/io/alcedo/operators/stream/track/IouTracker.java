package io.alcedo.operators.stream.track;

import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.operators.stream.track.TrackerState.Track;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Joins the objects of successive frames whose boxes overlap most (Bochinski et al. 2017,
 * "High-speed tracking-by-detection without using image information", with objects that may be
 * missed for a while). A pure function of the state and the line: no clock.
 *
 * @param minScore objects below it are not looked at
 * @param minOverlap intersection over union from which two boxes may be one object
 * @param confirmedAfter frames in which a track is seen before it is believed
 * @param patience a track that was not seen for longer is over
 */
public record IouTracker(double minScore, double minOverlap, int confirmedAfter, Duration patience)
    implements Serializable {
  public static final IouTracker DEFAULT = new IouTracker(0.5, 0.3, 3, Duration.ofSeconds(1));

  /** What one line brought about. */
  public record Step(TrackerState state, TrackedLine tracked) {}

  /** A track and an object that may be one. */
  private record Pair(int track, int object, double overlap) {}

  /** Takes one line, in its camera's order. */
  public Step accept(TrackerState state, DetectionLine line) {
    boolean isNew = !state.session().equals(line.frame().session());
    List<Track> tracks = isNew ? new ArrayList<>() : alive(state.tracks(), line);
    if (line.status() != LineStatus.OK) {
      return step(line, tracks, List.of());
    }
    List<DetectedObject> objects =
        line.objects().stream().filter(object -> object.score() >= minScore).toList();
    Track[] ofObjects = new Track[objects.size()];
    match(tracks, objects, line, ofObjects);
    List<TrackedObject> tracked = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      DetectedObject object = objects.get(i);
      if (ofObjects[i] == null) {
        ofObjects[i] = new Track(object.id(), object.label(), object.box(), line.captureTime(), 1);
        tracks.add(ofObjects[i]);
      }
      boolean confirmed = ofObjects[i].hits() >= confirmedAfter;
      tracked.add(new TrackedObject(object, ofObjects[i].id(), confirmed));
    }
    return step(line, tracks, tracked);
  }

  private List<Track> alive(List<Track> tracks, DetectionLine line) {
    List<Track> alive = new ArrayList<>(tracks);
    alive.removeIf(
        track -> Duration.between(track.seen(), line.captureTime()).compareTo(patience) > 0);
    return alive;
  }

  /** The pair that overlaps most first; ties by age of the track, then by the object's order. */
  private void match(
      List<Track> tracks, List<DetectedObject> objects, DetectionLine line, Track[] ofObjects) {
    List<Pair> pairs = new ArrayList<>();
    for (int t = 0; t < tracks.size(); t++) {
      for (int o = 0; o < objects.size(); o++) {
        double overlap = tracks.get(t).box().iou(objects.get(o).box());
        if (overlap >= minOverlap && tracks.get(t).label().equals(objects.get(o).label())) {
          pairs.add(new Pair(t, o, overlap));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(pair -> -pair.overlap()));
    boolean[] taken = new boolean[tracks.size()];
    for (Pair pair : pairs) {
      if (!taken[pair.track()] && ofObjects[pair.object()] == null) {
        taken[pair.track()] = true;
        Track track = tracks.get(pair.track());
        Track seen =
            new Track(
                track.id(),
                track.label(),
                objects.get(pair.object()).box(),
                line.captureTime(),
                track.hits() + 1);
        tracks.set(pair.track(), seen);
        ofObjects[pair.object()] = seen;
      }
    }
  }

  private static Step step(DetectionLine line, List<Track> tracks, List<TrackedObject> tracked) {
    TrackerState state = new TrackerState(TrackerState.VERSION, line.frame().session(), tracks);
    return new Step(state, new TrackedLine(line, tracked));
  }
}
