package io.alcedo.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.config.YamlReader;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void fallsAtMilestonesThatAreCountedInEpochs() {
    Schedule schedule =
        schedule("{epochs: 90, kind: multi-step, milestones: [30, 60], warmup: 0.5}", 0.1, 10);
    assertThat(schedule.steps()).isEqualTo(900);
    assertThat(schedule.at(0)).isCloseTo(0.02, within(1e-12));
    assertThat(schedule.at(4)).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.at(299)).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.at(300)).isCloseTo(0.01, within(1e-12));
    assertThat(schedule.at(600)).isCloseTo(0.001, within(1e-12));
  }

  @Test
  void followsACosineThatIsCountedInSteps() {
    Schedule schedule = schedule("{steps: 110, warmup: 10, last: 0.02}", 1, 7);
    assertThat(schedule.at(0)).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.at(9)).isCloseTo(1, within(1e-12));
    assertThat(schedule.at(60)).isCloseTo(0.51, within(1e-12));
    assertThat(schedule.at(109)).isBetween(0.02, 0.021);
  }

  @Test
  void validatesEachSoOftenAndAtTheEnd() {
    assertThat(validated(schedule("{steps: 10, validateEvery: 4}", 1, 7))).containsExactly(3, 7, 9);
    assertThat(validated(schedule("{epochs: 2}", 1, 5))).containsExactly(4, 9);
    assertThat(validated(schedule("{epochs: 1, validateEvery: 0.5}", 1, 5))).containsExactly(2, 4);
  }

  private static int[] validated(Schedule schedule) {
    return IntStream.range(0, schedule.steps()).filter(schedule::validatesAfter).toArray();
  }

  private static Schedule schedule(String yaml, double rate, int stepsOfEpoch) {
    return new Schedule(
        YamlReader.parse(yaml, "schedule", ScheduleConfig.class), rate, stepsOfEpoch);
  }
}
