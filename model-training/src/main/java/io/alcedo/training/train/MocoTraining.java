package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.training.data.PictureSet;
import io.alcedo.training.export.EncoderExporter;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.moco.Moco;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

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
   * Writes the encoder as it is before its training: random weights (He et al. 2015), as the seed
   * has it.
   *
   * @param file YAML of a {@link MocoTrainingConfig}; its data need not be there
   * @return the model's version
   */
  public static String exportUntrained(Path file, Path output) throws IOException {
    MocoTrainingConfig config = YamlReader.read(file, MocoTrainingConfig.class);
    EncoderConfig network = config.network();
    try (Parameters parameters = new Parameters(new SplittableRandom(config.run().seed()));
        Moco moco = new Moco(network.network(), config.contrast())) {
      int height = network.canvasHeight();
      int width = network.canvasWidth();
      try (PointerScope scope = new PointerScope();
          NoGradGuard noGrad = new NoGradGuard()) {
        moco.askForParameters(
            new TorchOps(parameters, false),
            Tensors.of(new float[height * width * 3], 1, height, width, 3));
      }
      return new EncoderExporter(network, true)
          .write(
              output,
              config.name() + "-untrained",
              config.licence(),
              parameters,
              Map.of("training", "none"))
          .version();
    }
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
