package io.alcedo.app.bench;

import io.alcedo.app.bench.Duel.Turn;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a {@link Duel} says: each contender's rate, wall and CPU times of a run, and its rate over
 * the first one's, round by round. Rounds in which other processes took much of the machine are
 * left out if enough others remain.
 */
public final class DuelReport {
  private static final double QUIET = 0.05;
  private static final int ENOUGH = 3;

  private final List<? extends Contender> contenders;
  private final List<List<Turn>> turns;
  private final int[] rounds;
  private final boolean quiet;

  /** Sums up. */
  public DuelReport(List<? extends Contender> contenders, List<List<Turn>> turns) {
    this.contenders = contenders;
    this.turns = turns;
    int all = turns.get(0).size();
    int[] calm = IntStream.range(0, all).filter(round -> !(others(round) > QUIET)).toArray();
    quiet = calm.length >= Math.min(ENOUGH, all);
    rounds = quiet ? calm : IntStream.range(0, all).toArray();
  }

  private double others(int round) {
    return turns.stream().mapToDouble(list -> list.get(round).others()).max().orElse(0);
  }

  /** Whether other processes left the machine alone in the rounds that count. */
  public boolean quiet() {
    return quiet;
  }

  /** Median of a contender's rates over the first one's. */
  public double ratio(int contender) {
    return median(ratios(contender));
  }

  /** Highest of a contender's rates over the first one's. */
  public double highestRatio(int contender) {
    double[] rising = ratios(contender);
    return rising[rising.length - 1];
  }

  /** Rate in pictures over the first one's, for every round that counts, rising. */
  private double[] ratios(int contender) {
    return Arrays.stream(rounds)
        .mapToDouble(round -> rate(contender, round) / rate(0, round))
        .sorted()
        .toArray();
  }

  private double rate(int contender, int round) {
    return turns.get(contender).get(round).rate() * contenders.get(contender).batch();
  }

  /** Prints a table, and how quiet the machine was. */
  public void write(PrintWriter out) {
    int width = contenders.stream().mapToInt(c -> c.name().length()).max().orElse(0);
    for (int i = 0; i < contenders.size(); i++) {
      double[] millis = millis(i);
      double[] ratios = ratios(i);
      out.printf(
          Locale.ROOT,
          "  %-" + width + "s  %7.2f frames/s  p50 %7.1f ms  p99 %7.1f ms  CPU %7.1f ms",
          contenders.get(i).name(),
          rate(i),
          percentile(millis, 0.5),
          percentile(millis, 0.99),
          cpuMillis(i));
      out.println(
          i == 0
              ? "  1"
              : String.format(
                  Locale.ROOT,
                  "  %.2f times the first (%.2f to %.2f)",
                  median(ratios),
                  ratios[0],
                  ratios[ratios.length - 1]));
    }
    double most = Arrays.stream(rounds).mapToDouble(this::others).max().orElse(Double.NaN);
    out.printf(
        Locale.ROOT,
        "  %d of %d rounds count; other processes took up to %.0f %% of the machine in them%s%n",
        rounds.length,
        turns.get(0).size(),
        100 * most,
        quiet ? "" : ": too much to trust these figures");
    out.flush();
  }

  private double rate(int contender) {
    return median(
        Arrays.stream(rounds).mapToDouble(round -> rate(contender, round)).sorted().toArray());
  }

  private double cpuMillis(int contender) {
    return median(
        Arrays.stream(rounds)
            .mapToDouble(round -> turns.get(contender).get(round).cpuMillis())
            .sorted()
            .toArray());
  }

  private double[] millis(int contender) {
    return Arrays.stream(rounds)
        .mapToObj(round -> turns.get(contender).get(round).millis())
        .flatMapToDouble(DoubleStream::of)
        .sorted()
        .toArray();
  }

  private static double median(double[] rising) {
    int half = rising.length / 2;
    return rising.length % 2 == 1 ? rising[half] : (rising[half - 1] + rising[half]) / 2;
  }

  private static double percentile(double[] rising, double share) {
    return rising[(int) (share * (rising.length - 1))];
  }
}
