package io.alcedo.operators.stream.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.TrackedObject;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.Lines;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two people who stand 3 of their 10 px apart: their boxes overlap by 0.54. */
class TrackerAppearanceTest {
  private static final float[] RED = {1, 0, 0};
  private static final float[] BLUE = {0, 0, 1};
  private static final String ENCODER = "tiny@11111111";
  private static final String OTHER = "tiny@22222222";
  private static final TrackerOptions BY_LOOKS =
      TrackerOptions.DEFAULT.with(AppearanceOptions.of(null));

  private TrackerState state = TrackerState.START;
  private ByteTracker tracker = new ByteTracker(BY_LOOKS);

  @Test
  void whoChangePlacesBetweenTwoFramesKeepTheirIds() {
    stand(0, 5);
    assertThat(accept(changed(5, ENCODER, RED, BLUE))).containsExactly(id(0), id(1));
  }

  @Test
  void withoutLooksTheyTakeEachOthersIds() {
    tracker = new ByteTracker(TrackerOptions.DEFAULT);
    stand(0, 5);
    assertThat(accept(changed(5, ENCODER, RED, BLUE))).containsExactly(id(1), id(0));
    assertThat(state.tracks()).extracting(TrackerState.Track::appearance).containsOnlyNulls();
  }

  @Test
  void linesThatNoEncoderSawAreFollowedByPlace() {
    for (int i = 0; i < 5; i++) {
      accept(Lines.people(i, 49, 50, 52, 50));
    }
    assertThat(accept(Lines.people(5, 52, 50, 49, 50))).containsExactly(id(1), id(0));
  }

  /** They turn a little: the cosine with what each looked like is 0.9. */
  @Test
  void looksThatAreNotAlikeEnoughDecideNothing() {
    float[] redFromAside = {0.9f, 0.436f, 0};
    float[] blueFromAside = {0, 0.436f, 0.9f};
    stand(0, 5);
    TrackerState before = state;
    assertThat(accept(changed(5, ENCODER, redFromAside, blueFromAside)))
        .containsExactly(id(0), id(1));

    state = before;
    tracker =
        new ByteTracker(
            TrackerOptions.DEFAULT.with(
                new AppearanceOptions(null, 0.95, null, null, null, null, null, null, null)));
    assertThat(accept(changed(5, ENCODER, redFromAside, blueFromAside)))
        .containsExactly(id(1), id(0));
  }

  @Test
  void looksOfAnotherEncoderDecideNothingAndTakeThePlaceOfTheOld() {
    stand(0, 5);
    // To the other encoder who is left is what to the first who is right was.
    DetectionLine seen = Lines.seenBy(OTHER, Lines.people(5, 49, 50, 52, 50), BLUE, RED);
    assertThat(accept(seen)).containsExactly(id(0), id(1));
    assertThat(state.tracks().get(0).appearance().encoder()).isEqualTo(OTHER);
    assertThat(state.tracks().get(0).appearance().vector()).containsExactly(BLUE);

    assertThat(accept(changed(6, OTHER, BLUE, RED))).containsExactly(id(0), id(1));
  }

  /** 20 px to the right of where the first stands: not near, so it is somebody else. */
  @Test
  void nobodyIsFoundFarAwayByLooks() {
    stand(0, 5);
    DetectionLine apart = Lines.seenBy(ENCODER, Lines.people(5, 69, 50, 52, 50), RED, BLUE);
    assertThat(accept(apart).get(0)).isEqualTo("%s#0".formatted(frame(5)));
  }

  @Test
  void whoIsSeenWithoutAVectorLooksAsBefore() {
    stand(0, 5);
    accept(Lines.people(5, 49, 50, 52, 50));
    assertThat(state.tracks().get(0).appearance().vector()).containsExactly(RED);
  }

  @Test
  void remembersNineTenthsOfWhatWasSeen() {
    TrackAppearance after =
        new TrackAppearance(ENCODER, RED).seeing(new TrackAppearance(ENCODER, BLUE), 0.9);

    double length = Math.hypot(0.9, 0.1);
    assertThat(after.vector()[0]).isCloseTo((float) (0.9 / length), within(1e-6f));
    assertThat(after.vector()[1]).isZero();
    assertThat(after.vector()[2]).isCloseTo((float) (0.1 / length), within(1e-6f));
    assertThat(new TrackAppearance(ENCODER, RED).likeness(after)).isCloseTo(0.9939, within(1e-4));
  }

  @Test
  void refusesAStateOfBeforeThereWereLooks() {
    TrackerState old = new TrackerState(3, "", null, List.of(), 0, 0);
    assertThatThrownBy(old::requireKnownVersion)
        .hasMessageContaining("has version 3, this Alcedo reads version 4");
  }

  private void stand(int from, int to) {
    for (int i = from; i < to; i++) {
      accept(Lines.seenBy(ENCODER, Lines.people(i, 49, 50, 52, 50), RED, BLUE));
    }
  }

  private static DetectionLine changed(int sequence, String encoder, float[]... looks) {
    return Lines.seenBy(encoder, Lines.people(sequence, 52, 50, 49, 50), looks);
  }

  /** Tracks of the line's objects. */
  private List<String> accept(DetectionLine line) {
    ByteTracker.Step step = tracker.accept(state, line);
    state = step.state();
    return step.tracked().objects().stream().map(TrackedObject::track).toList();
  }

  private static String id(int index) {
    return "%s#%d".formatted(frame(0), index);
  }

  private static String frame(int sequence) {
    return "%s/%s/%d".formatted(Frames.GATE, Frames.SESSION, sequence);
  }
}
