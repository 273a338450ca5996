package io.alcedo.app.bench;

import io.alcedo.app.bench.Contender.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures several contenders in one process, turn by turn, so that what else the machine does
 * meets them alike. In every round each is loaded, warmed up, measured for a block of time and
 * closed; every other round goes backwards.
 *
 * @param rounds how often each has its turn
 * @param block time of one turn, after its warm-up
 */
public record Duel(int rounds, Duration block) {
  private static final int WARM_UP_RUNS = 3;

  /**
   * One turn.
   *
   * @param millis of each run
   * @param cpuMillis CPU time of a run, of all its threads, on average
   * @param others share of the machine that other processes took meanwhile, 0 to 1
   */
  public record Turn(double[] millis, double cpuMillis, double others) {
    /** Runs a second. */
    public double rate() {
      return 1000 * millis.length / Arrays.stream(millis).sum();
    }
  }

  /** Turns by contender, then by round. */
  public List<List<Turn>> run(List<? extends Contender> contenders) {
    List<List<Turn>> turns = new ArrayList<>();
    contenders.forEach(contender -> turns.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        int next = round % 2 == 0 ? i : contenders.size() - 1 - i;
        turns.get(next).add(turn(contenders.get(next)));
      }
    }
    return turns;
  }

  private Turn turn(Contender contender) {
    try (Runner runner = contender.open()) {
      int number = 0;
      for (; number < WARM_UP_RUNS; number++) {
        runner.prepare(number);
        runner.run();
      }
      List<Double> millis = new ArrayList<>();
      MachineLoad before = MachineLoad.now();
      double cpuSeconds = 0;
      long end = System.nanoTime() + block.toNanos();
      do {
        runner.prepare(number++);
        double cpuBefore = MachineLoad.ownSeconds();
        long began = System.nanoTime();
        runner.run();
        millis.add((System.nanoTime() - began) / 1e6);
        cpuSeconds += MachineLoad.ownSeconds() - cpuBefore;
      } while (System.nanoTime() < end);
      double others = MachineLoad.now().othersSince(before);
      return new Turn(
          millis.stream().mapToDouble(Double::doubleValue).toArray(),
          1000 * cpuSeconds / millis.size(),
          others);
    }
  }
}
