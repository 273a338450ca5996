package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.training.data.PictureSet;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Trains an encoder by momentum contrast and exports the weights that did best. */
public final class MocoTraining {
  private MocoTraining() {}

  /** What is done with pictures that are open. */
  private interface Use {
    void with(MocoTask task) throws IOException;
  }

  /**
   * Runs to the end; the model, its curve and its tables lie in the output folder then.
   *
   * @param file YAML of a {@link MocoTrainingConfig}
   * @param resume go on from the output folder's checkpoint, if there is one
   * @throws InvalidInputException if the configuration or the data is wrong
   * @throws TrainingException if the gradient is not finite
   */
  public static void run(Path file, Path output, boolean resume, PrintStream out)
      throws IOException {
    MocoTrainingConfig config = YamlReader.read(file, MocoTrainingConfig.class);
    TrainingPlan plan = config.plan(base(file));
    open(
        config,
        plan,
        out,
        task -> {
          try (TrainingRun<?> run = new TrainingRun<>(task, plan, output, out)) {
            run.run(resume);
          }
        });
    config.trained().export(output.resolve(TrainingRun.BEST), output, out);
  }

  /**
   * Compares the speed of a training with that of a bare loop.
   *
   * @param folder receives the log of the steps
   */
  public static void bench(Path file, Path folder, TrainingBenchmark benchmark, PrintStream out)
      throws IOException {
    MocoTrainingConfig config = YamlReader.read(file, MocoTrainingConfig.class);
    TrainingPlan plan = config.plan(base(file));
    open(config, plan, out, task -> benchmark.run(task, plan, folder, out));
  }

  private static Path base(Path file) {
    return file.toAbsolutePath().getParent();
  }

  private static void open(MocoTrainingConfig config, TrainingPlan plan, PrintStream out, Use use)
      throws IOException {
    boolean classes = config.folders() == MocoTrainingConfig.Folders.CLASSES;
    try (LabelledPictures pictures =
        LabelledPictures.open(config.data(), plan.base(), null, classes)) {
      PictureSet training = pictures.split().training();
      PictureSet validation = pictures.split().heldOut();
      out.printf("train on %d pictures, validate on %d%n", training.size(), validation.size());
      pictures.requireBatch(config.run().batchSize());
      try (MocoTask task = new MocoTask(config, training, validation)) {
        use.with(task);
      }
    }
  }
}
