package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.TrackState;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.event.TrackedObject;
import io.alcedo.connectors.simulation.SimulatedFrame;
import io.alcedo.operators.stream.fixture.Frames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One look of a camera at a simulated world.
 *
 * @param status OK, DROPPED for a frame that nobody looked at, or END
 * @param bodies who is truly there
 * @param found those of them that are found, with the track that each truly has; none unless OK
 */
record Look(
    FrameId id,
    Instant time,
    LineStatus status,
    int width,
    int height,
    List<SimulatedFrame.Body> bodies,
    List<SimulatedFrame.Body> found) {

  /** Every frame, with everybody, and the end. */
  static List<Look> atAll(List<SimulatedFrame> frames) {
    List<Look> looks = new ArrayList<>();
    for (SimulatedFrame frame : frames) {
      looks.add(at(frame, "A", frame.index(), frame.bodies()));
    }
    looks.add(end(looks.get(looks.size() - 1)));
    return looks;
  }

  /**
   * As a bad camera sees it: a quarter of the frames is lost or not looked at, three times nothing
   * comes for up to three seconds, the session ends and another begins, and everybody is hidden now
   * and then.
   */
  static List<Look> atSome(List<SimulatedFrame> frames, SplittableRandom random) {
    Set<Integer> dropOuts = new TreeSet<>();
    for (int i = 0; i < 3; i++) {
      int from = random.nextInt(frames.size());
      for (int j = from; j < from + 10 + random.nextInt(20); j++) {
        dropOuts.add(j);
      }
    }
    int cut = frames.size() / 3 + random.nextInt(frames.size() / 3);
    TreeMap<Integer, Integer> hiddenUntil = new TreeMap<>(); // by track
    List<Look> looks = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      SimulatedFrame frame = frames.get(i);
      if (i == cut) {
        looks.add(end(looks.get(looks.size() - 1)));
      }
      String session = i < cut ? "A" : "B";
      long sequence = i < cut ? i : i - cut;
      List<SimulatedFrame.Body> found = found(frame, i, hiddenUntil, random);
      int fate = random.nextInt(8);
      if (looks.isEmpty() || (fate > 1 && !dropOuts.contains(i))) {
        looks.add(at(frame, session, sequence, found));
      } else if (fate == 1 && !dropOuts.contains(i)) {
        looks.add(at(frame, session, sequence, found).dropped());
      }
    }
    looks.add(end(looks.get(looks.size() - 1)));
    return looks;
  }

  private static List<SimulatedFrame.Body> found(
      SimulatedFrame frame, int i, TreeMap<Integer, Integer> hiddenUntil, SplittableRandom random) {
    List<SimulatedFrame.Body> found = new ArrayList<>();
    for (SimulatedFrame.Body body : frame.bodies()) {
      if (random.nextInt(40) == 0) {
        hiddenUntil.put(body.track(), i + random.nextInt(12));
      }
      if (i > hiddenUntil.getOrDefault(body.track(), -1)) {
        found.add(body);
      }
    }
    return found;
  }

  private static Look at(
      SimulatedFrame frame, String session, long sequence, List<SimulatedFrame.Body> found) {
    return new Look(
        new FrameId(Frames.GATE, session, sequence),
        Frames.START.plus(frame.offset()),
        LineStatus.OK,
        frame.width(),
        frame.height(),
        frame.bodies(),
        found);
  }

  private Look dropped() {
    return new Look(id, time, LineStatus.DROPPED, width, height, bodies, List.of());
  }

  private static Look end(Look last) {
    FrameId next = new FrameId(last.id.camera(), last.id.session(), last.id.sequence() + 1);
    Instant time = last.time.plusMillis(50);
    return new Look(next, time, LineStatus.END, last.width, last.height, List.of(), List.of());
  }

  DetectionLine line() {
    List<DetectedObject> objects = new ArrayList<>();
    for (SimulatedFrame.Body body : found) {
      String object = id.objectId(objects.size());
      objects.add(new DetectedObject(object, body.label(), 1, body.fullBox(), null, List.of()));
    }
    FrameRef ref = new FrameRef("frames", 0, id.sequence());
    return new DetectionLine(id, ref, time, time, status, null, "truth@0", width, height, objects);
  }

  /**
   * The line as a faultless tracker gives it on.
   *
   * @param there tracks that go on; those that are over are removed
   */
  TrackedLine tracked(DetectionLine line, Set<Integer> there) {
    List<TrackedObject> objects = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      String track = String.valueOf(found.get(i).track());
      objects.add(new TrackedObject(line.objects().get(i), track, TrackState.CONFIRMED, time));
    }
    Set<Integer> ended = new TreeSet<>();
    if (status != LineStatus.DROPPED) {
      ended.addAll(there);
      bodies.forEach(body -> ended.remove(body.track()));
      there.removeAll(ended);
      bodies.forEach(body -> there.add(body.track()));
    }
    return new TrackedLine(line, objects, ended.stream().map(String::valueOf).toList());
  }
}
