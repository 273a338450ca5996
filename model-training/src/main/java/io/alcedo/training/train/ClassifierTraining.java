package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.training.classification.ClassifierConfig;
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

  /**
   * Runs to the end; the model, its curve and its tables lie in the output folder then.
   *
   * @param file YAML of a {@link ClassifierTrainingConfig}
   * @param resume go on from the output folder's checkpoint, if there is one
   * @throws InvalidInputException if the configuration or the data is wrong
   * @throws TrainingException if a loss is not finite
   */
  public static void run(Path file, Path output, boolean resume, PrintStream out)
      throws IOException {
    ClassifierTrainingConfig config = YamlReader.read(file, ClassifierTrainingConfig.class);
    Path base = file.toAbsolutePath().getParent();
    ClassifierTrainingConfig.Data data = config.data();
    try (ImageFolder folder =
        ImageFolder.open(base.resolve(data.folder()).normalize(), config.network().labels())) {
      ClassifierTrainingConfig named = config.named(folder.labels());
      if (data.validation() == null) {
        PictureSet.Split split = split(folder, data.heldOut(), config.run().batchSize());
        run(named, base, output, resume, out, split);
      } else {
        Path path = base.resolve(data.validation()).normalize();
        try (ImageFolder validation = ImageFolder.open(path, folder.labels())) {
          PictureSet.Split split =
              new PictureSet.Split(PictureSet.all(folder), PictureSet.all(validation));
          run(named, base, output, resume, out, split);
        }
      }
    }
  }

  private static PictureSet.Split split(ImageFolder folder, int heldOut, int batchSize) {
    if (folder.size() - heldOut < batchSize) {
      throw new InvalidInputException(
          "%d pictures, of which heldOut are %d, fill no batch of %d"
              .formatted(folder.size(), heldOut, batchSize));
    }
    return PictureSet.split(folder, heldOut, SPLIT_SEED);
  }

  private static void run(
      ClassifierTrainingConfig config,
      Path base,
      Path output,
      boolean resume,
      PrintStream out,
      PictureSet.Split split)
      throws IOException {
    ClassifierConfig network = config.network();
    out.printf(
        "train on %d pictures of %d classes, validate on %d%n",
        split.training().size(), network.classes(), split.heldOut().size());
    ClassifierTask task = new ClassifierTask(config, split.training(), split.heldOut());
    try (TrainingRun<?> run = new TrainingRun<>(task, config.plan(base), output, out)) {
      run.run(resume);
    }
    new TrainedClassifier(config, output.resolve(TrainingRun.BEST)).export(output, out);
  }
}
