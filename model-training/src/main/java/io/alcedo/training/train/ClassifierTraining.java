package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.training.data.ImageFolder;
import io.alcedo.training.data.PictureSet;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Trains a classifier and exports the weights that did best on validation pictures. */
public final class ClassifierTraining {
  /** Of the shuffle that holds pictures out, the same for all trainings. */
  private static final long SPLIT_SEED = 1;

  private ClassifierTraining() {}

  /** What is done with pictures that are open. */
  private interface Use {
    void with(ClassifierTrainingConfig config, ClassifierTask task, Path base) throws IOException;
  }

  /**
   * Runs to the end; the model, its curve and its tables lie in the output folder then.
   *
   * @param file YAML of a {@link ClassifierTrainingConfig}
   * @param resume go on from the output folder's checkpoint, if there is one
   * @throws InvalidInputException if the configuration or the data is wrong
   * @throws TrainingException if the gradient is not finite
   */
  public static void run(Path file, Path output, boolean resume, PrintStream out)
      throws IOException {
    open(
        file,
        out,
        (config, task, base) -> {
          try (TrainingRun<?> run = new TrainingRun<>(task, config.plan(base), output, out)) {
            run.run(resume);
          }
          config.trained().export(output.resolve(TrainingRun.BEST), output, out);
        });
  }

  /**
   * Compares the speed of a training with that of a bare loop.
   *
   * @param folder receives the log of the steps
   */
  public static void bench(Path file, Path folder, TrainingBenchmark benchmark, PrintStream out)
      throws IOException {
    open(file, out, (config, task, base) -> benchmark.run(task, config.plan(base), folder, out));
  }

  private static void open(Path file, PrintStream out, Use use) throws IOException {
    ClassifierTrainingConfig config = YamlReader.read(file, ClassifierTrainingConfig.class);
    Path base = file.toAbsolutePath().getParent();
    ClassifierTrainingConfig.Data data = config.data();
    Path pictures = base.resolve(data.folder()).normalize();
    try (ImageFolder folder = ImageFolder.open(pictures, config.network().labels())) {
      ClassifierTrainingConfig named = config.named(folder.labels());
      if (data.validation() == null) {
        use.with(named, task(named, split(folder, data.heldOut()), out), base);
      } else {
        Path path = base.resolve(data.validation()).normalize();
        try (ImageFolder validation = ImageFolder.open(path, folder.labels())) {
          PictureSet.Split split =
              new PictureSet.Split(PictureSet.all(folder), PictureSet.all(validation));
          use.with(named, task(named, split, out), base);
        }
      }
    }
  }

  private static PictureSet.Split split(ImageFolder folder, int heldOut) {
    if (heldOut >= folder.size()) {
      throw new InvalidInputException(
          "data.heldOut is %d, and there are only %d pictures".formatted(heldOut, folder.size()));
    }
    return PictureSet.split(folder, heldOut, SPLIT_SEED);
  }

  private static ClassifierTask task(
      ClassifierTrainingConfig config, PictureSet.Split split, PrintStream out) {
    int pictures = split.training().size();
    out.printf(
        "train on %d pictures of %d classes, validate on %d%n",
        pictures, config.network().classes(), split.heldOut().size());
    if (pictures < config.run().batchSize()) {
      throw new InvalidInputException(
          "%d pictures to learn fill no batch of %d. Make run.batchSize smaller."
              .formatted(pictures, config.run().batchSize()));
    }
    return new ClassifierTask(config, split.training(), split.heldOut());
  }
}
