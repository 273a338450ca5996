package io.alcedo.training.train;

import io.alcedo.training.data.BatchLoader;
import io.alcedo.training.ops.Libtorch;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.TorchOps;
import io.alcedo.training.train.Checkpoint.Progress;
import io.alcedo.training.train.TrainingTask.Look;
import io.alcedo.training.train.TrainingTask.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * One run: steps, each so often a checkpoint, each so often a look at validation pictures. The
 * weights that did best there are kept; the last ones if there is no validation.
 */
final class TrainingRun<B> implements AutoCloseable {
  /** The weights that are kept, in the output folder. */
  static final String BEST = "best.safetensors";

  static final String LOG = "log.csv";
  static final String VALIDATION = "validation.csv";
  private static final String CHECKPOINT = "checkpoint.safetensors";

  private final TrainingTask<B> task;
  private final TrainingPlan plan;
  private final Path output;
  private final PrintStream out;
  private final Parameters parameters;
  private final WeightAverage average;
  private final Sgd sgd;
  private final Schedule schedule;
  private final int stepsOfEpoch;

  TrainingRun(TrainingTask<B> task, TrainingPlan plan, Path output, PrintStream out) {
    this.task = task;
    this.plan = plan;
    this.output = output;
    this.out = out;
    OptimizerConfig optimizer = plan.optimizer();
    stepsOfEpoch = Math.max(1, task.pictures() / plan.run().batchSize());
    schedule = new Schedule(plan.schedule(), optimizer.rate(), stepsOfEpoch);
    parameters = new Parameters(new SplittableRandom(plan.run().seed()));
    average = new WeightAverage(parameters, optimizer.averageDecay());
    sgd = new Sgd(parameters, optimizer.momentum(), optimizer.weightDecay(), optimizer.decayed());
  }

  /**
   * Runs to the end; the best weights and the tables lie in the output folder then.
   *
   * @param resume go on from the output folder's checkpoint, if there is one
   * @throws io.alcedo.connectors.InvalidInputException if the weights to begin with are wrong
   * @throws TrainingException if a loss is not finite
   */
  void run(boolean resume) throws IOException {
    Files.createDirectories(output);
    Libtorch.threads(plan.run().threads());
    train(start(resume));
    Files.deleteIfExists(output.resolve(CHECKPOINT));
  }

  private Progress start(boolean resume) throws IOException {
    Path checkpoint = output.resolve(CHECKPOINT);
    if (resume && Files.exists(checkpoint)) {
      Progress progress = Checkpoint.load(checkpoint, parameters, average, sgd);
      out.println("Going on at step " + progress.nextStep());
      return progress;
    }
    Files.deleteIfExists(output.resolve(BEST));
    createParameters();
    return Progress.START;
  }

  /**
   * Reads the weights to begin with; a forward creates what else it asks for. Were that left to the
   * first step, a batch that does not reach a head would leave it out.
   */
  private void createParameters() {
    if (plan.start() != null) {
      Checkpoint.loadWeights(
          plan.base().resolve(plan.start().weights()), parameters, plan.start().except());
    }
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      task.askForParameters(new TorchOps(parameters, false));
    }
    parameters.seal();
  }

  private void train(Progress start) throws IOException {
    RunConfig run = plan.run();
    int first = start.nextStep();
    ProgressLine line = new ProgressLine(out, schedule.steps(), run.batchSize());
    Progress progress = start;
    long saved = System.nanoTime();
    try (BatchLoader<B> loader = new BatchLoader<>(task.batches(), first, run.loaders());
        CsvLog log =
            new CsvLog(
                output.resolve(LOG), header("epoch,rate,gradient_norm", task.columns()), first);
        CsvLog figures =
            new CsvLog(output.resolve(VALIDATION), header("epoch,source", task.figures()), first)) {
      for (int step = first; step < schedule.steps(); step++) {
        long began = System.nanoTime();
        Map<String, Double> measured = learn(loader.next(), step);
        double rate = schedule.at(step);
        double norm = sgd.step(rate, plan.optimizer().maxGradientNorm());
        requireFinite(norm, step, measured);
        average.add(step);
        log.row(step, row(step, rate, norm, measured));
        line.show(step + 1, measured, Duration.ofNanos(System.nanoTime() - began));
        double best = progress.best();
        if (schedule.validatesAfter(step)) {
          best = validate(step, progress, figures, line);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        progress = new Progress(step + 1, progress.spent().plus(took), best);
        if (System.nanoTime() - saved > run.checkpointEvery().toNanos()) {
          Checkpoint.save(output.resolve(CHECKPOINT), parameters, average, sgd, progress);
          saved = System.nanoTime();
        }
      }
    }
    out.println();
  }

  /** Forward and backward; adds the batch's gradients to the parameters. */
  private Map<String, Double> learn(B batch, int step) {
    try (PointerScope scope = new PointerScope()) {
      Outcome outcome = task.learn(new TorchOps(parameters, true), batch, stepRandom(step));
      Map<String, Double> measured = new LinkedHashMap<>();
      Tensor total = null;
      for (Map.Entry<String, Tensor> loss : outcome.losses().entrySet()) {
        measured.put(loss.getKey(), loss.getValue().item_double());
        total = total == null ? loss.getValue() : total.add(loss.getValue());
      }
      measured.putAll(outcome.measures());
      total.backward();
      return measured;
    }
  }

  /** A stream of its own for each step, so that a resumed run draws the same. */
  private SplittableRandom stepRandom(int step) {
    return new SplittableRandom(new SplittableRandom(plan.run().seed() ^ -1L - step).nextLong());
  }

  private static void requireFinite(double norm, int step, Map<String, Double> losses) {
    if (!Double.isFinite(norm)) {
      throw new TrainingException(
          "step %d: the gradient is not finite; losses %s. Lower the rate."
              .formatted(step, losses));
    }
  }

  /** Looks at all validation pictures; the best mean over the sources so far. */
  private double validate(int step, Progress progress, CsvLog figures, ProgressLine line)
      throws IOException {
    List<Look> looks = task.validate(average.parameters());
    for (Look look : looks) {
      List<String> row = new ArrayList<>(List.of(epoch(step), look.source()));
      look.figures().forEach(figure -> row.add(CsvLog.cell(figure)));
      figures.row(step, row);
      line.print("step %d, %s: %s".formatted(step + 1, look.source(), look.text()));
    }
    TrainingCurve.write(output, task.columns(), task.figures().subList(0, task.drawn()));
    double mean = looks.stream().mapToDouble(Look::score).average().orElse(step);
    if (mean <= progress.best()) {
      return progress.best();
    }
    Map<String, String> facts =
        Map.of(
            "step", String.valueOf(step + 1),
            "validation", String.format(Locale.ROOT, "%.4f", mean),
            "minutes", String.valueOf(progress.spent().toMinutes()));
    Checkpoint.saveWeights(output.resolve(BEST), average.parameters(), facts);
    return mean;
  }

  private List<String> row(int step, double rate, double norm, Map<String, Double> measured) {
    List<String> row = new ArrayList<>(List.of(epoch(step), CsvLog.cell(rate), CsvLog.cell(norm)));
    task.columns().forEach(name -> row.add(CsvLog.cell(measured.get(name))));
    return row;
  }

  /** Epochs that are done after a step. */
  private String epoch(int step) {
    return CsvLog.cell((step + 1.0) / stepsOfEpoch);
  }

  private static String header(String first, List<String> others) {
    return "step," + first + "," + String.join(",", others);
  }

  @Override
  public void close() {
    sgd.close();
    average.close();
    parameters.close();
  }
}
