package io.alcedo.training.train;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.training.data.Augmentation;
import io.alcedo.training.data.BatchLoader;
import io.alcedo.training.data.DatasetMixture;
import io.alcedo.training.detection.DetectionLosses;
import io.alcedo.training.detection.MaskRcnn;
import io.alcedo.training.detection.MaskRcnnConfig;
import io.alcedo.training.export.DetectorExporter;
import io.alcedo.training.ops.Libtorch;
import io.alcedo.training.ops.Parameters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Trains a Mask R-CNN and exports it. */
public final class MaskRcnnTraining {
  private static final String CHECKPOINT = "checkpoint.safetensors";

  private final MaskRcnnTrainingConfig config;
  private final Path base;
  private final Path output;

  private MaskRcnnTraining(MaskRcnnTrainingConfig config, Path base, Path output) {
    this.config = config;
    this.base = base;
    this.output = output;
  }

  /**
   * Runs to the end; the model lies in the output folder then.
   *
   * @param file YAML of a {@link MaskRcnnTrainingConfig}
   * @param resume go on from the output folder's checkpoint, if there is one
   * @throws io.alcedo.connectors.InvalidInputException if the configuration or the data is wrong
   * @throws TrainingException if a loss is not finite
   */
  public static void run(Path file, Path output, boolean resume, PrintStream out)
      throws IOException {
    MaskRcnnTrainingConfig config = YamlReader.read(file, MaskRcnnTrainingConfig.class);
    Path base = file.toAbsolutePath().getParent();
    Files.createDirectories(output);
    new MaskRcnnTraining(config, base, output).run(resume, out);
  }

  private void run(boolean resume, PrintStream out) throws IOException {
    Libtorch.threads(config.threads());
    DatasetMixture mixture = mixture(out);
    MaskRcnn network = new MaskRcnn(config.network());
    try (Parameters parameters = new Parameters(new SplittableRandom(config.seed()));
        Sgd sgd = new Sgd(parameters, config.momentum(), config.weightDecay())) {
      int first = start(resume, parameters, sgd, out);
      train(network, parameters, sgd, mixture, first, out);
      Files.deleteIfExists(output.resolve(CHECKPOINT));
      new DetectorExporter(network, true)
          .write(
              output,
              config.name(),
              config.licence(),
              parameters,
              Map.of(
                  "steps", String.valueOf(config.steps()),
                  "batchSize", String.valueOf(config.batchSize()),
                  "parameters", String.valueOf(parameters.trainableCount())));
      out.println("Model written to " + output);
    }
  }

  private DatasetMixture mixture(PrintStream out) {
    List<DatasetMixture.Part> parts = new ArrayList<>();
    for (DataConfig source : config.data()) {
      DatasetMixture.Part part =
          new DatasetMixture.Part(source.open(base, config.network().labels()), source.share());
      out.printf("%d pictures, share %.2f%n", part.dataset().size(), part.share());
      parts.add(part);
    }
    return new DatasetMixture(parts);
  }

  private int start(boolean resume, Parameters parameters, Sgd sgd, PrintStream out)
      throws IOException {
    Path checkpoint = output.resolve(CHECKPOINT);
    if (resume && Files.exists(checkpoint)) {
      int next = Checkpoint.load(checkpoint, parameters, sgd);
      out.println("Going on at step " + next);
      return next;
    }
    Files.deleteIfExists(output.resolve("log.csv"));
    return 0;
  }

  private void train(
      MaskRcnn network,
      Parameters parameters,
      Sgd sgd,
      DatasetMixture mixture,
      int first,
      PrintStream out)
      throws IOException {
    MaskRcnnConfig shape = config.network();
    Augmentation augmentation =
        new Augmentation(
            shape.canvasWidth(), shape.canvasHeight(), config.minScale(), config.maxScale());
    Schedule schedule = new Schedule(config.rate(), config.warmup(), config.steps());
    MaskRcnnStep step = new MaskRcnnStep(network, DetectionLosses.Options.SLIM, parameters);
    long saved = System.nanoTime();
    try (BatchLoader loader =
            new BatchLoader(mixture, augmentation, config.batchSize(), config.seed(), first, 1);
        TrainingLog log =
            new TrainingLog(output.resolve("log.csv"), out, config.steps(), config.batchSize())) {
      for (int i = first; i < config.steps(); i++) {
        long began = System.nanoTime();
        // A stream of its own for each step, so that a resumed run draws the same.
        SplittableRandom random =
            new SplittableRandom(new SplittableRandom(config.seed() ^ -1L - i).nextLong());
        Map<String, Double> losses = step.run(loader.next(), random);
        double norm = sgd.step(schedule.at(i), config.maxGradientNorm());
        if (!Double.isFinite(norm)) {
          throw new TrainingException(
              "step %d: the gradient is not finite; losses %s. Lower the rate."
                  .formatted(i, losses));
        }
        log.step(i, schedule.at(i), norm, losses, Duration.ofNanos(System.nanoTime() - began));
        if (System.nanoTime() - saved > config.checkpointEvery().toNanos()) {
          Checkpoint.save(output.resolve(CHECKPOINT), parameters, sgd, i + 1);
          saved = System.nanoTime();
        }
      }
    }
  }
}
