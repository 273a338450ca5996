package io.alcedo.operators.stream.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.Lines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ResequencerTest {
  private static final String FIRST = "01J0000000000000000000000A";
  private static final String SECOND = "01J0000000000000000000000B";

  private final Resequencer resequencer = new Resequencer(5, Duration.ofSeconds(2));
  private final List<String> released = new ArrayList<>();
  private SequenceState state;
  private int repeats;
  private long missing;

  @Test
  void passesWhatIsInOrderFromWhereverItBegins() {
    frames(FIRST, 40, 41, 42);
    assertThat(released).containsExactly("A40", "A41", "A42");
  }

  @Test
  void restoresOrderAndDropsRepeats() {
    frames(FIRST, 0, 2, 3, 2, 1, 0, 4);
    assertThat(released).containsExactly("A0", "A1", "A2", "A3", "A4");
    assertThat(repeats).isEqualTo(2);
    assertThat(missing).isZero();
    assertThat(state.waiting()).isEmpty();
  }

  @Test
  void anyShuffleWithinTheBoundComesOutInOrder() {
    Random random = new Random(7);
    List<Long> order = new ArrayList<>(List.of(0L));
    for (int block = 0; block < 50; block++) {
      List<Long> part = new ArrayList<>(LongStream.range(1, 6).boxed().toList());
      Collections.shuffle(part, random);
      int base = 5 * block;
      part.forEach(i -> order.add(base + i));
    }
    order.forEach(i -> frames(FIRST, i));

    assertThat(released)
        .containsExactlyElementsOf(LongStream.rangeClosed(0, 250).mapToObj(i -> "A" + i).toList());
  }

  @Test
  void givesUpAGapWhenTooManyWait() {
    frames(FIRST, 0, 3, 4, 5, 6, 7);
    assertThat(released).containsExactly("A0");
    frames(FIRST, 8);
    assertThat(released).containsExactly("A0", "A3", "A4", "A5", "A6", "A7", "A8");
    assertThat(missing).isEqualTo(2);
    frames(FIRST, 1);
    assertThat(repeats).isEqualTo(1);
  }

  @Test
  void givesUpAGapWhenEventTimeHasPassed() {
    frames(FIRST, 0, 2);
    heartbeat(FIRST, 23); // 2.1 s after frame 2
    assertThat(released).containsExactly("A0", "A2");
    assertThat(missing).isEqualTo(1);
  }

  @Test
  void aHeartbeatStandsBeforeTheFrameItNames() {
    frames(FIRST, 0, 2);
    heartbeat(FIRST, 2);
    heartbeat(FIRST, 1);
    frames(FIRST, 1);
    assertThat(released).containsExactly("A0", "heartbeat A1", "A1", "heartbeat A2", "A2");
  }

  /** Frame 0 is of a clock that is a minute ahead, and that frame 1 sets back. */
  @Test
  void aHeartbeatAfterTheClockWasSetBackIsNoRepeat() {
    note(resequencer.accept(state, at(60_000, Lines.line(LineStatus.OK, FIRST, 0))));
    frames(FIRST, 2);
    heartbeat(FIRST, 3);
    frames(FIRST, 1);
    assertThat(released).containsExactly("A0", "A1", "A2", "heartbeat A3");
    assertThat(repeats).isZero();
  }

  @Test
  void aNewSessionEndsTheOldOneAndBeginsAtZero() {
    frames(FIRST, 7, 9);
    frames(SECOND, 1);
    assertThat(released).containsExactly("A7", "A9");
    frames(SECOND, 0);
    frames(FIRST, 8);
    assertThat(released).containsExactly("A7", "A9", "B0", "B1");
    assertThat(missing).isEqualTo(1);
    assertThat(repeats).isEqualTo(1);
  }

  /** Nothing else would come to show that frame 1 is lost. */
  @Test
  void theEndOfASessionGivesUpWhatIsMissing() {
    frames(FIRST, 0, 2);
    note(resequencer.accept(state, Lines.line(LineStatus.END, FIRST, 3)));
    assertThat(released).containsExactly("A0", "A2", "end A3");
    assertThat(missing).isEqualTo(1);
  }

  @Test
  void releasesWhatWaitsAtTheEndOfInput() {
    frames(FIRST, 0, 2);
    note(resequencer.flush(state));
    assertThat(released).containsExactly("A0", "A2");
  }

  @Test
  void refusesStateOfAnotherVersion() {
    SequenceState later = new SequenceState(2, FIRST, 0, null, List.of(), List.of());
    assertThatThrownBy(later::requireKnownVersion)
        .hasMessageContaining("has version 2, this Alcedo reads version 1");
  }

  private void frames(String session, long... sequences) {
    for (long sequence : sequences) {
      note(resequencer.accept(state, Lines.line(LineStatus.OK, session, sequence)));
    }
  }

  private static DetectionLine at(long millis, DetectionLine line) {
    return new DetectionLine(
        line.frame(),
        line.ref(),
        Frames.START.plusMillis(millis),
        line.published(),
        line.status(),
        null,
        line.model(),
        line.width(),
        line.height(),
        List.of());
  }

  private void heartbeat(String session, long sequence) {
    note(resequencer.accept(state, Lines.line(LineStatus.HEARTBEAT, session, sequence)));
  }

  private void note(Resequencer.Step step) {
    state = step.state();
    repeats += step.repeats();
    missing += step.missing();
    for (DetectionLine line : step.released()) {
      String session = line.frame().session();
      String name = session.substring(session.length() - 1) + line.frame().sequence();
      released.add(line.status().isFrame() ? name : line.status().code() + " " + name);
    }
  }
}
