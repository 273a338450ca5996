package io.alcedo.training.train;

import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.ops.Libtorch;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.train.Checkpoint.Progress;
import io.alcedo.training.train.TrainingTask.Look;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One run: steps, each so often a checkpoint, each so often a look at validation pictures. The
 * weights that did best there are kept; the last ones if there is no validation.
 */
final class TrainingRun<B> implements AutoCloseable {
  /** The weights that are kept, in the output folder. */
  static final String BEST = "best.safetensors";

  static final String LOG = "log.csv";
  static final String VALIDATION = "validation.csv";

  /** Stands in the table for a look before the first step. */
  private static final int BEFORE = -1;

  private static final String CHECKPOINT = "checkpoint.safetensors";

  private final TrainingTask<B> task;
  private final TrainingPlan plan;
  private final Path output;
  private final PrintStream out;
  private final Learner<B> learner;
  private final Schedule schedule;

  TrainingRun(TrainingTask<B> task, TrainingPlan plan, Path output, PrintStream out) {
    this.task = task;
    this.plan = plan;
    this.output = output;
    this.out = out;
    learner = new Learner<>(task, plan);
    schedule = Schedule.of(task, plan);
  }

  /**
   * Runs to the end; the best weights and the tables lie in the output folder then. If the program
   * is asked to end, it saves a checkpoint after the step that is under way and ends with it.
   *
   * @param resume go on from the output folder's checkpoint, if there is one
   * @throws io.alcedo.connectors.InvalidInputException if the weights to begin with are wrong, or
   *     what is to be frozen
   * @throws TrainingException if the gradient is not finite
   */
  void run(boolean resume) throws IOException {
    Files.createDirectories(output);
    Libtorch.threads(plan.run().threads());
    Progress start = start(resume);
    learner.freeze();
    train(start);
    Files.deleteIfExists(output.resolve(CHECKPOINT));
  }

  private Progress start(boolean resume) throws IOException {
    Path checkpoint = output.resolve(CHECKPOINT);
    if (resume && Files.exists(checkpoint)) {
      Progress progress = Checkpoint.load(checkpoint, task, learner);
      out.println("Going on at step " + progress.nextStep());
      return progress;
    }
    Files.deleteIfExists(output.resolve(BEST));
    learner.begin();
    return Progress.START;
  }

  private void train(Progress start) throws IOException {
    int first = start.nextStep();
    Progress progress = start;
    long saved = System.nanoTime();
    try (StopRequest stop = StopRequest.listen();
        TrainingSteps<B> steps =
            new TrainingSteps<>(task, learner, schedule, plan.run(), first, output, out);
        CsvLog figures = new CsvLog(output.resolve(VALIDATION), figuresHeader(), first)) {
      if (first == 0 && task.looksFirst()) {
        validate(BEFORE, progress, figures, steps);
      }
      for (int step = first; step < schedule.steps(); step++) {
        long began = System.nanoTime();
        steps.step(step);
        double best = progress.best();
        if (schedule.validatesAfter(step)) {
          best = validate(step, progress, figures, steps);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        progress = new Progress(step + 1, progress.spent().plus(took), best);
        if (System.nanoTime() - saved > plan.run().checkpointEvery().toNanos()) {
          save(progress);
          saved = System.nanoTime();
        }
        if (stop.requested()) {
          save(progress);
          steps.print("Stopped after step %d. Go on with --resume.".formatted(step + 1));
          stop.comply();
        }
      }
    }
    out.println();
  }

  private void save(Progress progress) throws IOException {
    Checkpoint.save(output.resolve(CHECKPOINT), task, learner, progress);
  }

  private String figuresHeader() {
    return "step,epoch,source," + String.join(",", task.figures());
  }

  /** Looks at all validation pictures; the best mean over the sources so far. */
  private double validate(int step, Progress progress, CsvLog figures, TrainingSteps<B> steps)
      throws IOException {
    Parameters judged = step == BEFORE ? learner.parameters() : learner.average().parameters();
    List<Look> looks = task.validate(judged);
    for (Look look : looks) {
      List<String> row = new ArrayList<>(List.of(schedule.epoch(step), look.source()));
      look.figures().forEach(figure -> row.add(CsvLog.cell(figure)));
      figures.row(step, row);
      steps.print("step %d, %s: %s".formatted(step + 1, look.source(), look.text()));
    }
    TrainingCurve.write(output, task.columns(), task.figures().subList(0, task.drawn()));
    double mean = looks.stream().mapToDouble(Look::score).average().orElse(step);
    if (step == BEFORE || mean <= progress.best()) {
      return progress.best();
    }
    Map<String, String> facts =
        Map.of(
            "step", String.valueOf(step + 1),
            "validation", String.format(Locale.ROOT, "%.4f", mean),
            "minutes", String.valueOf(progress.spent().toMinutes()));
    WeightFiles.save(
        output.resolve(BEST), learner.average().parameters(), facts, Safetensors::write);
    return mean;
  }

  @Override
  public void close() {
    learner.close();
  }
}
