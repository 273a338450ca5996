package io.alcedo.training.train;

import io.alcedo.training.ops.Libtorch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;

/**
 * Compares a run's steps with {@link BareLoop} in one process, in blocks that take turns, so that
 * whatever else the machine does meets both.
 *
 * @param blocks of each, of which the first is not counted
 * @param steps of a block
 */
public record TrainingBenchmark(int blocks, int steps) {
  /** So small that nothing can diverge; it does not change the speed. */
  static final double RATE = 1e-4;

  public TrainingBenchmark {
    if (blocks < 2 || steps < 1) {
      throw new IllegalArgumentException(
          "%d blocks of %d steps, expected 2 or more of 1 or more".formatted(blocks, steps));
    }
  }

  /** What a block repeats. */
  private interface Block {
    void run(int step) throws IOException;
  }

  /**
   * Measures and prints pictures a second of both and their ratio.
   *
   * @param folder receives the log of the steps
   */
  <B> void run(TrainingTask<B> task, TrainingPlan plan, Path folder, PrintStream out)
      throws IOException {
    Libtorch.threads(plan.run().threads());
    ScheduleConfig length =
        new ScheduleConfig(null, blocks * steps, null, null, null, null, null, null);
    Schedule schedule = new Schedule(length, RATE, 1);
    try (StopRequest stop = StopRequest.listen();
        PointerScope scope = new PointerScope();
        Learner<B> learner = new Learner<>(task, plan);
        BareLoop bare = BareLoop.of(task, plan, task.batches().apply(0))) {
      learner.begin();
      learner.freeze();
      try (TrainingSteps<B> run =
          new TrainingSteps<>(task, learner, schedule, plan.run(), 0, folder, silent())) {
        takeTurns(step -> bare.step(), run::step, stop, plan.run(), out);
      }
    }
  }

  private void takeTurns(
      Block bare, Block training, StopRequest stop, RunConfig run, PrintStream out)
      throws IOException {
    double[] least = new double[blocks - 1];
    double[] trained = new double[blocks - 1];
    for (int block = 0; block < blocks; block++) {
      double fast = run.batchSize() * rate(block, stop, bare);
      double ours = run.batchSize() * rate(block, stop, training);
      if (block > 0) {
        least[block - 1] = fast;
        trained[block - 1] = ours;
        out.printf(Locale.ROOT, "bare %.1f img/s, training %.1f img/s%n", fast, ours);
      }
    }
    out.printf(
        Locale.ROOT,
        "median: bare loop %.1f img/s, training %.1f img/s, ratio %.3f (%d threads, batch %d)%n",
        median(least),
        median(trained),
        median(trained) / median(least),
        run.threads(),
        run.batchSize());
  }

  /** Steps a second of a block. */
  private double rate(int block, StopRequest stop, Block loop) throws IOException {
    long began = System.nanoTime();
    for (int step = 0; step < steps; step++) {
      loop.run(block * steps + step);
      if (stop.requested()) {
        stop.comply();
      }
    }
    return steps / ((System.nanoTime() - began) * 1e-9);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static PrintStream silent() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }
}
