package io.alcedo.training.train;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One line that is rewritten after each step: how far, how fast, how long still, the losses. */
final class ProgressLine {
  private static final int BAR = 24;
  private static final double SMOOTHING = 0.95;

  private final PrintStream out;
  private final int steps;
  private final int batchSize;
  private final Map<String, Double> smooth = new LinkedHashMap<>();
  private double secondsPerStep;

  ProgressLine(PrintStream out, int steps, int batchSize) {
    this.out = out;
    this.steps = steps;
    this.batchSize = batchSize;
  }

  /** Shows that so many steps are done. */
  void show(int done, Map<String, Double> losses, Duration took) {
    losses.forEach(
        (name, loss) ->
            smooth.merge(name, loss, (before, now) -> SMOOTHING * before + (1 - SMOOTHING) * now));
    double seconds = took.toNanos() * 1e-9;
    secondsPerStep = secondsPerStep == 0 ? seconds : 0.9 * secondsPerStep + 0.1 * seconds;
    out.print("\r" + text(done));
    out.flush();
  }

  /** Prints a line that stays, below which the progress goes on. */
  void print(String line) {
    out.println();
    out.println(line);
  }

  private String text(int done) {
    int filled = BAR * done / steps;
    Duration left = Duration.ofSeconds((long) ((steps - done) * secondsPerStep));
    StringBuilder line = new StringBuilder();
    line.append("[").append("#".repeat(filled)).append(".".repeat(BAR - filled)).append("] ");
    line.append(
        String.format(
            Locale.ROOT,
            "%d/%d  %.1f img/s  %d:%02d:%02d left ",
            done,
            steps,
            batchSize / secondsPerStep,
            left.toHours(),
            left.toMinutesPart(),
            left.toSecondsPart()));
    smooth.forEach(
        (name, loss) ->
            line.append(String.format(Locale.ROOT, " %s %.3f", name.replace("loss_", ""), loss)));
    return line.toString();
  }
}
