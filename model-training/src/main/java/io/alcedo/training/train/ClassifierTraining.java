package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.training.data.PictureSet;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Trains a classifier and exports the weights that did best on validation pictures. */
public final class ClassifierTraining {
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
    try (LabelledPictures pictures =
        LabelledPictures.open(config.data(), base, config.network().labels(), true)) {
      ClassifierTrainingConfig named = config.named(pictures.labels());
      PictureSet.Split split = pictures.split();
      out.printf(
          "train on %d pictures of %d classes, validate on %d%n",
          split.training().size(), named.network().classes(), split.heldOut().size());
      pictures.requireBatch(config.run().batchSize());
      use.with(named, new ClassifierTask(named, split.training(), split.heldOut()), base);
    }
  }
}
