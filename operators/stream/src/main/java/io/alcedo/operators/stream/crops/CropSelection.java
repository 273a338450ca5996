package io.alcedo.operators.stream.crops;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.event.TrackedObject;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.operators.stream.crops.CropState.Candidate;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses which pictures are worth keeping: of every confirmed track the best one in each interval.
 * Good is what is certain, large, and hidden neither by others nor by the frame's border. A pure
 * function of the state and the line: no clock.
 *
 * @param labels of objects of these classes; empty = of all
 * @param interval one picture of a track in each
 * @param minSide objects with a shorter side, px, are not cut
 */
public record CropSelection(List<String> labels, Duration interval, int minSide)
    implements Serializable {
  public static final CropSelection DEFAULT =
      new CropSelection(List.of(), Duration.ofSeconds(1), 16);

  /** Below it a track goes on, but its box is no portrait. */
  private static final double LEAST_SCORE = 0.5;

  /** What one line brought about: pictures to be cut. */
  public record Step(CropState state, List<CropPlan> plans) {}

  public CropSelection {
    labels = List.copyOf(labels);
    if (interval.isNegative() || interval.isZero()) {
      throw new InvalidInputException("interval is %s, expected above 0".formatted(interval));
    }
    if (minSide < 1) {
      throw new InvalidInputException("minSide is %d, expected 1 px or more".formatted(minSide));
    }
  }

  /** Takes one line, in its camera's order. */
  public Step accept(CropState state, TrackedLine tracked) {
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    state.candidates().forEach(candidate -> candidates.put(candidate.best().track(), candidate));
    List<CropPlan> due = new ArrayList<>();
    release(candidates, tracked.line(), due);
    for (TrackedObject object : tracked.objects()) {
      if (object.confirmed() && covers(object.object())) {
        candidates.merge(object.track(), candidate(object, tracked), CropSelection::better);
      }
    }
    List<Candidate> left = new ArrayList<>(candidates.values());
    return new Step(new CropState(CropState.VERSION, left), due);
  }

  /** Those whose interval is over, and all when the session is. */
  private void release(Map<String, Candidate> candidates, DetectionLine line, List<CropPlan> due) {
    Iterator<Candidate> all = candidates.values().iterator();
    while (all.hasNext()) {
      Candidate candidate = all.next();
      boolean over =
          line.status() == LineStatus.END
              || !candidate.best().frame().session().equals(line.frame().session())
              || !line.captureTime().isBefore(candidate.since().plus(interval));
      if (over) {
        due.add(candidate.best());
        all.remove();
      }
    }
  }

  private boolean covers(DetectedObject object) {
    boolean large = Math.min(object.box().width(), object.box().height()) >= minSide;
    return large
        && object.score() >= LEAST_SCORE
        && (labels.isEmpty() || labels.contains(object.label()));
  }

  private static Candidate better(Candidate first, Candidate other) {
    return other.quality() > first.quality()
        ? new Candidate(first.since(), other.quality(), other.best())
        : first;
  }

  private static Candidate candidate(TrackedObject tracked, TrackedLine line) {
    DetectionLine of = line.line();
    DetectedObject object = tracked.object();
    Instant time = of.captureTime();
    CropPlan plan =
        new CropPlan(
            object.id(),
            of.frame(),
            of.ref(),
            tracked.track(),
            object.label(),
            object.score(),
            object.box(),
            time,
            of.published());
    return new Candidate(time, quality(object, line), plan);
  }

  private static double quality(DetectedObject object, TrackedLine line) {
    Box box = object.box();
    double hidden = 0;
    for (TrackedObject other : line.objects()) {
      if (!other.object().id().equals(object.id())) {
        hidden = Math.max(hidden, box.intersection(other.object().box()) / box.area());
      }
    }
    DetectionLine of = line.line();
    boolean cut =
        box.x() < 1
            || box.y() < 1
            || box.right() > of.width() - 1
            || box.bottom() > of.height() - 1;
    return object.score() * Math.sqrt(box.area()) * (1 - hidden) * (cut ? 0.5 : 1);
  }
}
