package io.alcedo.training.train;

import io.alcedo.training.data.BatchLoader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Step after step: a batch is fetched and learned, measures go into the log, progress is shown. */
final class TrainingSteps<B> implements AutoCloseable {
  private final TrainingTask<B> task;
  private final Learner<B> learner;
  private final Schedule schedule;
  private final BatchLoader<B> loader;
  private final CsvLog log;
  private final ProgressLine line;

  /**
   * Starts to prepare batches.
   *
   * @param first number of the first step
   */
  TrainingSteps(
      TrainingTask<B> task,
      Learner<B> learner,
      Schedule schedule,
      RunConfig run,
      int first,
      Path folder,
      PrintStream out)
      throws IOException {
    this.task = task;
    this.learner = learner;
    this.schedule = schedule;
    line = new ProgressLine(out, schedule.steps(), run.batchSize());
    log = new CsvLog(folder.resolve(TrainingRun.LOG), header(task.columns()), first);
    loader = new BatchLoader<>(task.batches(), first, run.loaders());
  }

  private static String header(List<String> columns) {
    return "step,epoch,rate," + Learner.GRADIENT_NORM + "," + String.join(",", columns);
  }

  /**
   * Does a step; its number must follow the last one's.
   *
   * @throws TrainingException if the gradient is not finite
   */
  void step(int step) throws IOException {
    long began = System.nanoTime();
    double rate = schedule.at(step);
    Map<String, Double> measured = learner.step(loader.next(), step, rate);
    List<String> row = new ArrayList<>(List.of(schedule.epoch(step), CsvLog.cell(rate)));
    row.add(CsvLog.cell(measured.remove(Learner.GRADIENT_NORM)));
    task.columns().forEach(name -> row.add(CsvLog.cell(measured.get(name))));
    log.row(step, row);
    line.show(step + 1, measured, Duration.ofNanos(System.nanoTime() - began));
  }

  /** Prints a line that stays, below which the progress goes on. */
  void print(String text) {
    line.print(text);
  }

  @Override
  public void close() throws IOException {
    loader.close();
    log.close();
  }
}
