package io.alcedo.operators.stream.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.TrackState;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.event.TrackedObject;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.Lines;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteTrackerTest {
  private static final ByteTracker TRACKER = new ByteTracker(TrackerOptions.DEFAULT);

  private TrackerState state = TrackerState.START;

  @Test
  void keepsTheIdOfWhoWalksAndBelievesItInTheThirdFrame() {
    List<TrackedObject> seen = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      seen.addAll(accept(Lines.people(i, 20 + 2 * i, 50)).objects());
    }

    assertThat(seen).extracting(TrackedObject::track).containsOnly(id(0, 0)).hasSize(5);
    assertThat(seen)
        .extracting(TrackedObject::confirmed)
        .containsExactly(false, false, true, true, true);
    assertThat(seen).extracting(TrackedObject::opened).containsOnly(Frames.START);
  }

  @Test
  void tellsTwoApartThoughTheirOrderChanges() {
    accept(Lines.people(0, 20, 50, 60, 50));
    List<TrackedObject> swapped = accept(Lines.people(1, 61, 50, 21, 50)).objects();

    assertThat(swapped).extracting(TrackedObject::track).containsExactly(id(0, 1), id(0, 0));
  }

  /** Two cross; greedily by overlap alone each would take the other's box. */
  @Test
  void followsWhereSomebodyIsGoing() {
    for (int i = 0; i <= 20; i++) {
      double right = 20 + 2 * i;
      double left = 61 - 2 * i;
      List<TrackedObject> seen = accept(Lines.people(i, right, 50, left, 50)).objects();
      assertThat(seen).extracting(TrackedObject::track).containsExactly(id(0, 0), id(0, 1));
    }
  }

  @Test
  void findsAgainWhoWasHiddenForASecondWhereTheyMustBeByThen() {
    for (int i = 0; i < 10; i++) {
      accept(Lines.people(i, 20 + 2 * i, 50));
    }
    for (int i = 10; i < 20; i++) {
      TrackedLine hidden = accept(Lines.people(i));
      assertThat(hidden.ended()).isEmpty();
      assertThat(state.tracks())
          .extracting(TrackerState.Track::state)
          .containsExactly(TrackState.LOST);
    }
    TrackedObject again = accept(Lines.people(20, 60, 50)).objects().get(0);

    assertThat(again.track()).isEqualTo(id(0, 0));
    assertThat(again.confirmed()).isTrue();
  }

  @Test
  void endsATrackThatIsNotSeenForLongerThanItsPatience() {
    for (int i = 0; i < 3; i++) {
      accept(Lines.people(i, 20, 50));
    }
    List<String> ended = new ArrayList<>();
    for (int i = 3; i < 30; i++) {
      ended.addAll(accept(Lines.people(i)).ended());
    }

    assertThat(ended).containsExactly(id(0, 0));
    assertThat(accept(Lines.people(30, 20, 50)).objects().get(0).track()).isEqualTo(id(30, 0));
  }

  @Test
  void whoWasSeenOnceOrTwiceIsNeverConfirmedNorEnded() {
    accept(Lines.people(0, 20, 50));
    accept(Lines.people(1, 20, 50));
    List<String> ended = new ArrayList<>();
    for (int i = 2; i < 40; i++) {
      ended.addAll(accept(Lines.people(i)).ended());
    }

    assertThat(ended).isEmpty();
    assertThat(state.tracks()).isEmpty();
  }

  @Test
  void aFaintObjectContinuesATrackButOpensNone() {
    for (int i = 0; i < 3; i++) {
      accept(Lines.people(i, 20, 50));
    }
    TrackedLine faint = accept(withScore(0.2, Lines.people(3, 20, 50, 70, 50)));

    assertThat(faint.objects()).extracting(TrackedObject::track).containsExactly(id(0, 0));
    assertThat(state.tracks()).hasSize(1);
  }

  /** Half a second of frames that nobody looked at. */
  @Test
  void droppedFramesDisproveNothing() {
    accept(Lines.people(0, 20, 50));
    for (int i = 1; i < 6; i++) {
      accept(Lines.line(LineStatus.DROPPED, Frames.SESSION, i));
    }

    assertThat(accept(Lines.people(6, 22, 50)).objects().get(0).track()).isEqualTo(id(0, 0));
  }

  /** One frame in three seconds: the patience is over before the next frame comes. */
  @Test
  void aSlowCameraIsGivenTheNextFrames() {
    accept(Lines.people(0, 20, 50));
    accept(Lines.people(30, 21, 50));
    accept(Lines.people(60, 20, 50));
    accept(Lines.people(90));
    TrackedObject again = accept(Lines.people(120, 21, 50)).objects().get(0);

    assertThat(again.track()).isEqualTo(id(0, 0));
  }

  /** 50 px a second to the right, from 70 of 100 px: at 101 the next frame is without them. */
  @Test
  void whoHasWalkedOutOfThePictureIsNotLookedFor() {
    for (int i = 0; i < 6; i++) {
      accept(Lines.people(i, 70 + 5 * i, 50));
    }
    List<String> ended = new ArrayList<>();
    for (int i = 6; i < 9; i++) {
      ended.addAll(accept(Lines.people(i)).ended());
    }

    assertThat(ended).containsExactly(id(0, 0));
  }

  @Test
  void beginsAnewWithASessionAndSaysWhoseTracksAreOver() {
    for (int i = 0; i < 3; i++) {
      accept(Lines.people(i, 20, 50));
    }
    TrackedLine next = accept(Lines.line(LineStatus.OK, "01J0000000000000000000NEXT", 0));

    assertThat(next.ended()).containsExactly(id(0, 0));
    assertThat(state.tracks()).isEmpty();
  }

  @Test
  void beginsAnewWhereTimeJumpsBack() {
    for (int i = 10; i < 13; i++) {
      accept(Lines.people(i, 20, 50));
    }
    TrackedLine earlier = accept(Lines.people(5, 20, 50));

    assertThat(earlier.ended()).containsExactly(id(10, 0));
    assertThat(earlier.objects().get(0).track()).isEqualTo(id(5, 0));
  }

  /** Nobody knows what was there for six seconds: it may be somebody else who stands there now. */
  @Test
  void nobodyIsFollowedOverALongGap() {
    for (int i = 0; i < 3; i++) {
      accept(Lines.people(i, 20, 50));
    }
    TrackedLine later = accept(Lines.people(62, 20, 50));

    assertThat(later.ended()).containsExactly(id(0, 0));
    assertThat(later.objects().get(0).track()).isEqualTo(id(62, 0));
  }

  /** Walking at 20 px a second of 100, then at 40 of 200: the same parts of the picture. */
  @Test
  void aChangeOfResolutionChangesNobody() {
    for (int i = 0; i < 10; i++) {
      accept(Lines.people(i, 20 + 2 * i, 50));
    }
    accept(Lines.line(LineStatus.HEARTBEAT, Frames.SESSION, 10));
    for (int i = 10; i < 20; i++) {
      TrackedLine larger = accept(Lines.resized(2, Lines.people(i, 20 + 2 * i, 50)));
      assertThat(larger.objects()).extracting(TrackedObject::track).containsOnly(id(0, 0));
    }
    assertThat(state.tracks().get(0).motion().box().width()).isBetween(19.0, 21.0);
    assertThat(state.tracks().get(0).motion().x().velocity()).isBetween(35.0, 45.0);
  }

  private TrackedLine accept(DetectionLine line) {
    ByteTracker.Step step = TRACKER.accept(state, line);
    state = step.state();
    return step.tracked();
  }

  private static DetectionLine withScore(double score, DetectionLine line) {
    List<DetectedObject> objects =
        line.objects().stream()
            .map(o -> new DetectedObject(o.id(), o.label(), score, o.box(), null, List.of()))
            .toList();
    return line.classified(null, objects, List.of());
  }

  private static String id(long sequence, int index) {
    return "%s/%s/%d#%d".formatted(Frames.GATE, Frames.SESSION, sequence, index);
  }
}
