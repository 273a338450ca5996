package io.alcedo.training.train;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run says: a line of progress with the time left, and every step in a CSV file. */
final class TrainingLog implements AutoCloseable {
  private static final int BAR = 24;
  private static final double SMOOTHING = 0.95;

  private final BufferedWriter csv;
  private final PrintStream out;
  private final int steps;
  private final int batchSize;
  private final Map<String, Double> smooth = new java.util.LinkedHashMap<>();
  private double secondsPerStep;

  /** Opens the log; an earlier one of the same run is continued. */
  TrainingLog(Path file, PrintStream out, int steps, int batchSize) throws IOException {
    this.out = out;
    this.steps = steps;
    this.batchSize = batchSize;
    csv = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Notes a step, from 0. */
  void step(int step, double rate, double norm, Map<String, Double> losses, Duration took) {
    try {
      if (step == 0) {
        csv.write("step,rate,gradient_norm," + String.join(",", losses.keySet()) + "\n");
      }
      List<String> row = new ArrayList<>(List.of(String.valueOf(step), round(rate), round(norm)));
      losses.values().forEach(loss -> row.add(round(loss)));
      csv.write(String.join(",", row) + "\n");
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the training log cannot be written", e);
    }
    losses.forEach(
        (name, loss) ->
            smooth.merge(name, loss, (before, now) -> SMOOTHING * before + (1 - SMOOTHING) * now));
    double seconds = took.toNanos() * 1e-9;
    secondsPerStep = secondsPerStep == 0 ? seconds : 0.9 * secondsPerStep + 0.1 * seconds;
    out.print("\r" + progress(step + 1));
    out.flush();
  }

  private String progress(int done) {
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

  private static String round(double value) {
    return String.format(Locale.ROOT, "%.5g", value);
  }

  @Override
  public void close() throws IOException {
    out.println();
    csv.close();
  }
}
