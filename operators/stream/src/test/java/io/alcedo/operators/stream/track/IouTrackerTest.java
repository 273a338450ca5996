package io.alcedo.operators.stream.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.Lines;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IouTrackerTest {
  private TrackerState state = TrackerState.START;

  @Test
  void keepsTheIdOfWhoWalksAndBelievesItInTheThirdFrame() {
    List<TrackedObject> seen = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      seen.addAll(accept(Lines.people(i, 20 + 2 * i, 50)));
    }

    assertThat(seen).extracting(TrackedObject::track).containsOnly(id(0, 0)).hasSize(5);
    assertThat(seen)
        .extracting(TrackedObject::confirmed)
        .containsExactly(false, false, true, true, true);
  }

  @Test
  void tellsTwoApartThoughTheirOrderChanges() {
    accept(Lines.people(0, 20, 50, 60, 50));
    List<TrackedObject> swapped = accept(Lines.people(1, 61, 50, 21, 50));

    assertThat(swapped).extracting(TrackedObject::track).containsExactly(id(0, 1), id(0, 0));
  }

  @Test
  void forgetsWhoWasNotSeenForASecond() {
    accept(Lines.people(0, 20, 50));
    assertThat(accept(Lines.people(10, 20, 50)).get(0).track()).isEqualTo(id(0, 0));
    assertThat(accept(Lines.people(21, 20, 50)).get(0).track()).isEqualTo(id(21, 0));
  }

  @Test
  void beginsAnewWithASession() {
    accept(Lines.people(0, 20, 50));
    accept(Lines.line(LineStatus.OK, "01J0000000000000000000NEXT", 0));

    assertThat(state.tracks()).isEmpty();
  }

  private List<TrackedObject> accept(DetectionLine line) {
    IouTracker.Step step = IouTracker.DEFAULT.accept(state, line);
    state = step.state();
    return step.tracked().objects();
  }

  private static String id(long sequence, int index) {
    return "%s/%s/%d#%d".formatted(Frames.GATE, Frames.SESSION, sequence, index);
  }
}
