package io.alcedo.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.app.bench.Duel.Turn;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuelReportTest {
  private static final double QUIET = 0.01;
  private static final double LOUD = 0.5;

  private record Named(String name, int batch) implements Contender {
    @Override
    public Runner open() {
      throw new UnsupportedOperationException("only figures are looked at");
    }
  }

  /** 10, 12 and 16 ms against 20, 18 and 16: twice, 1.5 times, as fast; the median is 1.5. */
  @Test
  void comparesRoundByRound() {
    List<Named> contenders = List.of(new Named("old", 1), new Named("new", 1));
    DuelReport report =
        new DuelReport(
            contenders,
            List.of(
                List.of(turn(20, QUIET), turn(18, QUIET), turn(16, QUIET)),
                List.of(turn(10, QUIET), turn(12, QUIET), turn(16, QUIET))));
    assertThat(report.ratio(0)).isEqualTo(1);
    assertThat(report.ratio(1)).isCloseTo(1.5, within(1e-12));
    assertThat(report.quiet()).isTrue();
    assertThat(text(report))
        .contains("1.50 times the first (1.00 to 2.00)", "3 of 3 rounds count", "83.33 frames/s");
  }

  @Test
  void countsPicturesAndNotRuns() {
    List<Named> contenders = List.of(new Named("one", 1), new Named("four at once", 4));
    DuelReport report =
        new DuelReport(contenders, List.of(List.of(turn(10, QUIET)), List.of(turn(20, QUIET))));
    assertThat(report.ratio(1)).isCloseTo(2, within(1e-12));
  }

  @Test
  void leavesDisturbedRoundsOutIfEnoughOthersRemain() {
    List<Named> contenders = List.of(new Named("a", 1), new Named("b", 1));
    Turn quick = turn(10, QUIET);
    List<Turn> first = List.of(quick, quick, quick, turn(10, LOUD));
    List<Turn> second = List.of(quick, quick, quick, quick);
    DuelReport report = new DuelReport(contenders, List.of(first, second));
    assertThat(text(report)).contains("3 of 4 rounds count; other processes took up to 1 %");

    List<Turn> mostly = List.of(quick, turn(10, LOUD), turn(10, LOUD), quick);
    DuelReport disturbed = new DuelReport(contenders, List.of(mostly, second));
    assertThat(disturbed.quiet()).isFalse();
    assertThat(text(disturbed)).contains("4 of 4 rounds count", "50 %", "too much to trust");
  }

  private static Turn turn(double millis, double others) {
    return new Turn(new double[] {millis, millis}, 2 * millis, others);
  }

  private static String text(DuelReport report) {
    StringWriter text = new StringWriter();
    report.write(new PrintWriter(text));
    return text.toString();
  }
}
