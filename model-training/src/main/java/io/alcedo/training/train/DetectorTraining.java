package io.alcedo.training.train;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.training.data.Augmentation;
import io.alcedo.training.data.BatchLoader;
import io.alcedo.training.data.DatasetMixture;
import io.alcedo.training.detection.DetectionLosses;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.detection.RegionCnnConfig;
import io.alcedo.training.evaluation.AveragePrecision.Result;
import io.alcedo.training.evaluation.DetectorScore;
import io.alcedo.training.ops.Libtorch;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import io.alcedo.training.train.Checkpoint.Progress;
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
 * Trains a Mask R-CNN and exports it: steps, each so often a checkpoint, each so often a look at
 * validation pictures with the averaged weights. The weights that did best there are exported; the
 * last ones if there is no validation.
 */
public final class DetectorTraining implements AutoCloseable {
  private static final String CHECKPOINT = "checkpoint.safetensors";
  private static final String BEST = "best.safetensors";
  private static final String LOG = "log.csv";
  private static final String VALIDATION = "validation.csv";
  private static final List<String> LOSSES =
      List.of(
          "loss_objectness", "loss_rpn_box_reg", "loss_classifier", "loss_box_reg", "loss_mask");

  private final DetectorTrainingConfig config;
  private final Path base;
  private final Path output;
  private final PrintStream out;
  private final RegionCnn network;
  private final DatasetMixture mixture;
  private final Map<String, Validation> validations;
  private final Parameters parameters;
  private final WeightAverage average;
  private final Sgd sgd;

  private DetectorTraining(DetectorTrainingConfig config, Path base, Path output, PrintStream out) {
    this.config = config;
    this.base = base;
    this.output = output;
    this.out = out;
    this.network = new RegionCnn(config.network());
    this.mixture = mixture();
    this.validations = validations();
    this.parameters = new Parameters(new SplittableRandom(config.seed()));
    this.average = new WeightAverage(config.averageDecay());
    this.sgd = new Sgd(parameters, config.momentum(), config.weightDecay());
  }

  /**
   * Runs to the end; the model, its curve and its tables lie in the output folder then.
   *
   * @param file YAML of a {@link DetectorTrainingConfig}
   * @param resume go on from the output folder's checkpoint, if there is one
   * @throws io.alcedo.connectors.InvalidInputException if the configuration or the data is wrong
   * @throws TrainingException if a loss is not finite
   */
  public static void run(Path file, Path output, boolean resume, PrintStream out)
      throws IOException {
    DetectorTrainingConfig config = YamlReader.read(file, DetectorTrainingConfig.class);
    Path base = file.toAbsolutePath().getParent();
    Files.createDirectories(output);
    Libtorch.threads(config.threads());
    try (DetectorTraining training = new DetectorTraining(config, base, output, out)) {
      training.train(training.start(resume));
      new TrainedDetector(config, output.resolve(BEST)).export(output, out);
      Files.deleteIfExists(output.resolve(CHECKPOINT));
    }
  }

  private DatasetMixture mixture() {
    List<DatasetMixture.Part> parts = new ArrayList<>();
    for (DataConfig source : config.data()) {
      DatasetMixture.Part part =
          new DatasetMixture.Part(source.open(base, config.network().labels()), source.share());
      out.printf(
          Locale.ROOT,
          "train on %s: %d pictures, share %.2f%n",
          source.name(),
          part.dataset().size(),
          part.share());
      parts.add(part);
    }
    return new DatasetMixture(parts);
  }

  private Map<String, Validation> validations() {
    Map<String, Validation> all = new LinkedHashMap<>();
    for (DataConfig source : config.validation()) {
      all.put(source.name(), new Validation(network, source.open(base, config.network().labels())));
    }
    return all;
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
   * first step, a batch without masks would leave the mask head out.
   */
  private void createParameters() {
    if (config.start() != null) {
      Checkpoint.loadWeights(
          base.resolve(config.start().weights()), parameters, config.start().except());
    }
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      int height = config.network().canvasHeight();
      int width = config.network().canvasWidth();
      Tensor black = Tensors.of(new float[height * width * 3], 1, height, width, 3);
      Tensor size = Tensors.of(new float[] {width, height, width, height}, 1, 4);
      network.detectPictures(new TorchOps(parameters, false), black, size);
    }
    parameters.seal();
  }

  private void train(Progress start) throws IOException {
    RegionCnnConfig shape = config.network();
    Augmentation augmentation =
        new Augmentation(
            shape.canvasWidth(), shape.canvasHeight(), config.minScale(), config.maxScale());
    Schedule schedule = new Schedule(config.rate(), config.warmup(), config.steps());
    DetectorStep step = new DetectorStep(network, DetectionLosses.Options.SLIM, parameters);
    ProgressLine line = new ProgressLine(out, config.steps(), config.batchSize());
    Progress progress = start;
    long saved = System.nanoTime();
    try (BatchLoader loader =
            new BatchLoader(
                mixture, augmentation, config.batchSize(), config.seed(), start.nextStep(), 1);
        CsvLog log =
            new CsvLog(
                output.resolve(LOG),
                "step,rate,gradient_norm," + String.join(",", LOSSES),
                start.nextStep());
        CsvLog figures =
            new CsvLog(
                output.resolve(VALIDATION),
                "step,source,box_ap50,mask_ap50,precision,recall",
                start.nextStep())) {
      for (int i = start.nextStep(); i < config.steps(); i++) {
        long began = System.nanoTime();
        double rate = schedule.at(i);
        Map<String, Double> losses = step.run(loader.next(), stepRandom(i));
        double norm = sgd.step(rate, config.maxGradientNorm());
        requireFinite(norm, i, losses);
        average.add(parameters, i);
        log.row(i, row(rate, norm, losses));
        line.show(i + 1, losses, Duration.ofNanos(System.nanoTime() - began));
        double best = progress.best();
        if ((i + 1) % config.validateEvery() == 0 || i + 1 == config.steps()) {
          best = validate(i, progress, figures, line);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        progress = new Progress(i + 1, progress.spent().plus(took), best);
        if (System.nanoTime() - saved > config.checkpointEvery().toNanos()) {
          Checkpoint.save(output.resolve(CHECKPOINT), parameters, average, sgd, progress);
          saved = System.nanoTime();
        }
      }
    }
    out.println();
  }

  /** A stream of its own for each step, so that a resumed run draws the same. */
  private SplittableRandom stepRandom(int step) {
    return new SplittableRandom(new SplittableRandom(config.seed() ^ -1L - step).nextLong());
  }

  private static void requireFinite(double norm, int step, Map<String, Double> losses) {
    if (!Double.isFinite(norm)) {
      throw new TrainingException(
          "step %d: the gradient is not finite; losses %s. Lower the rate."
              .formatted(step, losses));
    }
  }

  private static List<String> row(double rate, double norm, Map<String, Double> losses) {
    List<String> row = new ArrayList<>(List.of(CsvLog.cell(rate), CsvLog.cell(norm)));
    LOSSES.forEach(name -> row.add(CsvLog.cell(losses.get(name))));
    return row;
  }

  /** Looks at all validation pictures; the best mean over the sources so far. */
  private double validate(int step, Progress progress, CsvLog figures, ProgressLine line)
      throws IOException {
    double sum = 0;
    for (Map.Entry<String, Validation> source : validations.entrySet()) {
      DetectorScore score = source.getValue().run(average.parameters());
      Result boxes = score.boxes();
      double masks = score.masks() == null ? Double.NaN : score.masks().averagePrecision();
      figures.row(
          step,
          List.of(
              source.getKey(),
              CsvLog.cell(boxes.averagePrecision()),
              CsvLog.cell(masks),
              CsvLog.cell(boxes.precision()),
              CsvLog.cell(boxes.recall())));
      line.print("step %d, %s: %s".formatted(step + 1, source.getKey(), score.text()));
      sum += score.mean();
    }
    TrainingCurve.write(
        output.resolve(LOG), output.resolve(VALIDATION), output.resolve("curve.png"));
    double mean = validations.isEmpty() ? step : sum / validations.size();
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

  @Override
  public void close() {
    sgd.close();
    average.close();
    parameters.close();
  }
}
