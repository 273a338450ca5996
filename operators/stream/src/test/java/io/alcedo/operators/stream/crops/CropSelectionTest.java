package io.alcedo.operators.stream.crops;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.TrackState;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.event.TrackedObject;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.operators.stream.fixture.Frames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One camera of 10 frames/s whose picture is 200 x 200 px. */
class CropSelectionTest {
  private static final Box WHOLE = new Box(50, 50, 30, 60);

  private final CropSelection selection =
      new CropSelection(List.of("person"), Duration.ofSeconds(1), 16);
  private CropState state = CropState.START;

  @Test
  void keepsTheBestPictureOfEachSecond() {
    List<CropPlan> plans = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      plans.addAll(accept(i, seen("a", i == 7 || i == 14 ? 0.99 : 0.8, WHOLE)));
    }
    plans.addAll(end(25));

    assertThat(plans)
        .extracting(plan -> plan.frame().sequence())
        .as("the best of 0-9, of 10-19, and the first of the rest")
        .containsExactly(7L, 14L, 20L);
    assertThat(plans).extracting(CropPlan::track).containsOnly("a");
  }

  @Test
  void prefersWhatIsNeitherHiddenNorCutByTheBorder() {
    accept(0, seen("a", 0.95, WHOLE), seen("b", 0.9, new Box(60, 50, 30, 60)));
    accept(1, seen("a", 0.8, WHOLE), seen("b", 0.8, new Box(170.5, 50, 29.5, 60)));
    accept(2, seen("b", 0.7, new Box(120, 50, 30, 60)));

    assertThat(end(3))
        .extracting(plan -> plan.track() + plan.frame().sequence())
        .containsExactly("a1", "b2");
  }

  @Test
  void leavesOutWhatIsSmallFaintUnconfirmedOrNotAskedFor() {
    accept(
        0,
        seen("small", 0.9, new Box(50, 50, 15, 60)),
        new TrackedObject(
            object("new", "person", 0.9, WHOLE), "new", TrackState.TENTATIVE, Frames.START),
        new TrackedObject(
            object("car", "car", 0.9, WHOLE), "car", TrackState.CONFIRMED, Frames.START),
        seen("faint", 0.4, WHOLE));

    assertThat(end(1)).isEmpty();
  }

  @Test
  void givesOutWhatItHasWhenAnotherSessionBegins() {
    accept(0, seen("a", 0.9, WHOLE));

    List<CropPlan> plans = accept(new FrameId(Frames.GATE, "01JNEXT", 0), LineStatus.OK, 1);

    assertThat(plans).extracting(CropPlan::track).containsExactly("a");
  }

  private List<CropPlan> accept(long sequence, TrackedObject... objects) {
    FrameId frame = new FrameId(Frames.GATE, Frames.SESSION, sequence);
    return accept(frame, LineStatus.OK, sequence, objects);
  }

  private List<CropPlan> end(long sequence) {
    return accept(new FrameId(Frames.GATE, Frames.SESSION, sequence), LineStatus.END, sequence);
  }

  private List<CropPlan> accept(
      FrameId frame, LineStatus status, long tenths, TrackedObject... objects) {
    Instant time = Frames.START.plusMillis(100 * tenths);
    FrameRef ref = new FrameRef("frames", 0, tenths);
    List<DetectedObject> all = new ArrayList<>();
    for (TrackedObject object : objects) {
      all.add(object.object());
    }
    DetectionLine line =
        new DetectionLine(frame, ref, time, time, status, null, "m@0", 200, 200, all);
    CropSelection.Step step =
        selection.accept(state, new TrackedLine(line, List.of(objects), List.of()));
    state = step.state();
    return step.plans();
  }

  private static TrackedObject seen(String track, double score, Box box) {
    return new TrackedObject(
        object(track, "person", score, box), track, TrackState.CONFIRMED, Frames.START);
  }

  private static DetectedObject object(String id, String label, double score, Box box) {
    return new DetectedObject(id, label, score, box, null, List.of());
  }
}
