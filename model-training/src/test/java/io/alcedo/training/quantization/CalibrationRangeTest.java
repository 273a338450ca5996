package io.alcedo.training.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationRangeTest {
  /** Numbers that are taken of so many whose length is told as it may be. */
  private static List<Integer> taken(CalibrationRange range, int there, int told) {
    List<Integer> taken = new ArrayList<>();
    for (int number = 1; number <= there && !range.isOver(number, taken.size()); number++) {
      if (range.takes(number, taken.size(), told)) {
        taken.add(number);
      }
    }
    return taken;
  }

  @Test
  void spreadsEvenly() {
    assertThat(taken(CalibrationRange.of(null, 4), 40, 40)).containsExactly(1, 11, 21, 31);
    assertThat(taken(CalibrationRange.of(null, 3), 7, 7)).containsExactly(1, 4, 6);
    assertThat(taken(CalibrationRange.of("11-20", 5), 40, 40)).containsExactly(11, 13, 15, 17, 19);
  }

  @Test
  void takesAllThatAreThereIfMoreAreWanted() {
    assertThat(taken(CalibrationRange.of("38-900", 9), 40, 40)).containsExactly(38, 39, 40);
    assertThat(taken(CalibrationRange.of("41-50", 9), 40, 40)).isEmpty();
  }

  @Test
  void takesTheFirstOfAVideoThatDoesNotTellItsLength() {
    assertThat(taken(CalibrationRange.of("5-30", 3), 40, 0)).containsExactly(5, 6, 7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "5-", "-5", "a-b", "1-99999999999", "1 - 2"})
  void refusesWhatIsNoRange(String range) {
    assertThatThrownBy(() -> CalibrationRange.of(range, 10))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(range)
        .hasMessageContaining("1-430");
  }

  @Test
  void refusesRangesTheWrongWayRoundAndNoFrames() {
    assertThatThrownBy(() -> CalibrationRange.of("9-3", 10)).hasMessageContaining("9-3");
    assertThatThrownBy(() -> CalibrationRange.of("0-3", 10)).hasMessageContaining("frame is 1");
    assertThatThrownBy(() -> CalibrationRange.of(null, 0)).hasMessageContaining("0 frames");
  }
}
