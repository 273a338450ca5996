package io.alcedo.app.evaluation;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.event.TrackedObject;
import io.alcedo.operators.stream.track.ByteTracker;
import io.alcedo.operators.stream.track.TrackerState;
import io.alcedo.training.data.MotTruth;
import io.alcedo.training.evaluation.tracking.ClearMot;
import io.alcedo.training.evaluation.tracking.Hota;
import io.alcedo.training.evaluation.tracking.IdentityScore;
import io.alcedo.training.evaluation.tracking.TrackingSequence;
import io.alcedo.training.evaluation.tracking.TrackingSequence.Known;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How good tracks are, by ground truth. */
public final class TrackReport {
  private TrackReport() {}

  /** Follows objects that were found already, as the stream would. */
  public static List<TrackedLine> follow(ByteTracker tracker, List<DetectionLine> lines) {
    List<TrackedLine> tracked = new ArrayList<>(lines.size());
    TrackerState state = TrackerState.START;
    for (DetectionLine line : lines) {
      ByteTracker.Step step = tracker.accept(state, line);
      state = step.state();
      tracked.add(step.tracked());
    }
    return tracked;
  }

  /**
   * Ground truth as if a faultless detector had found it.
   *
   * @param last frame, from 1
   * @param rate frames a second
   */
  public static List<DetectionLine> ofTruth(
      Map<Integer, List<MotTruth.Known>> people, int last, double rate, String label) {
    List<DetectionLine> lines = new ArrayList<>(last);
    for (int frame = 1; frame <= last; frame++) {
      FrameId id = new FrameId("truth", "truth", frame - 1L);
      List<DetectedObject> objects = new ArrayList<>();
      for (MotTruth.Known known : people.getOrDefault(frame, List.of())) {
        String of = id.objectId(objects.size());
        objects.add(new DetectedObject(of, label, 1, known.box(), null, List.of()));
      }
      Instant time = Instant.EPOCH.plus(Duration.ofNanos(Math.round((frame - 1) * 1e9 / rate)));
      FrameRef ref = new FrameRef("truth", 0, frame - 1L);
      lines.add(new DetectionLine(id, ref, time, time, LineStatus.OK, null, null, 0, 0, objects));
    }
    return lines;
  }

  /**
   * Confirmed objects of a class by frame, from 1.
   *
   * @throws InvalidInputException if a frame is there twice
   */
  public static NavigableMap<Integer, List<Known>> byFrame(List<TrackedLine> lines, String label) {
    NavigableMap<Integer, List<Known>> byFrame = new TreeMap<>();
    for (TrackedLine tracked : lines) {
      long sequence = tracked.line().frame().sequence();
      List<Known> objects =
          tracked.objects().stream()
              .filter(TrackedObject::confirmed)
              .filter(object -> object.object().label().equals(label))
              .map(object -> new Known(object.track(), object.object().box()))
              .toList();
      if (byFrame.put(Math.toIntExact(sequence + 1), objects) != null) {
        throw new InvalidInputException(
            "sequence %d appears twice. Evaluate one camera's run at a time.".formatted(sequence));
      }
    }
    return byFrame;
  }

  /**
   * Measures and prints.
   *
   * @param name what it is about
   * @param found of each frame in the range
   * @throws InvalidInputException if a frame has no line
   */
  public static void write(
      String name,
      Map<Integer, List<Known>> found,
      Map<Integer, List<MotTruth.Known>> people,
      int first,
      int last,
      PrintWriter out) {
    TrackingSequence sequence = new TrackingSequence();
    for (int frame = first; frame <= last; frame++) {
      if (!found.containsKey(frame)) {
        throw new InvalidInputException(
            "there is no line for frame %d (sequence %d). Run over the whole video, or narrow --frames."
                .formatted(frame, frame - 1));
      }
      List<Known> truth =
          people.getOrDefault(frame, List.of()).stream()
              .map(known -> new Known(String.valueOf(known.id()), known.box()))
              .toList();
      sequence.add(truth, found.get(frame));
    }
    ClearMot clear = ClearMot.of(sequence);
    IdentityScore identity = IdentityScore.of(sequence);
    Hota hota = Hota.of(sequence);
    out.printf(
        Locale.ROOT, "%s: %d people, %d tracks%n", name, sequence.people(), sequence.trackCount());
    out.printf(
        Locale.ROOT,
        "  MOTA %.3f  MOTP %.3f  precision %.3f  recall %.3f  missed %d  wrong %d  switches %d  fragments %d  mostly tracked %d, lost %d%n",
        clear.mota(),
        clear.motp(),
        clear.precision(),
        clear.recall(),
        clear.missed(),
        clear.wrong(),
        clear.switches(),
        clear.fragments(),
        clear.mostlyTracked(),
        clear.mostlyLost());
    out.printf(
        Locale.ROOT,
        "  IDF1 %.3f  IDP %.3f  IDR %.3f%n",
        identity.f1(),
        identity.precision(),
        identity.recall());
    out.printf(
        Locale.ROOT,
        "  HOTA %.3f  DetA %.3f  AssA %.3f  LocA %.3f%n",
        hota.hota(),
        hota.detection(),
        hota.association(),
        hota.localisation());
    out.flush();
  }
}
