package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.training.data.DatasetMixture;
import io.alcedo.training.detection.RegionCnn;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Trains a detector and exports the weights that did best on validation pictures. */
public final class DetectorTraining {
  private DetectorTraining() {}

  /**
   * Trains to the end; the model, its curve and its tables lie in the output folder then.
   *
   * @param masks whether it must be a Mask R-CNN, or must not
   * @param file YAML of a {@link DetectorTrainingConfig}
   * @param resume go on from the output folder's checkpoint, if there is one
   * @throws InvalidInputException if the configuration or the data is wrong
   * @throws TrainingException if the gradient is not finite
   */
  public static void run(boolean masks, Path file, Path output, boolean resume, PrintStream out)
      throws IOException {
    DetectorTrainingConfig config = read(masks, file);
    Path base = file.toAbsolutePath().getParent();
    try (TrainingRun<?> run =
        new TrainingRun<>(task(config, base, out), config.plan(base), output, out)) {
      run.run(resume);
    }
    config.trained().export(output.resolve(TrainingRun.BEST), output, out);
  }

  /**
   * Compares the speed of a training with that of a bare loop.
   *
   * @param folder receives the log of the steps
   */
  public static void bench(
      boolean masks, Path file, Path folder, TrainingBenchmark benchmark, PrintStream out)
      throws IOException {
    DetectorTrainingConfig config = read(masks, file);
    Path base = file.toAbsolutePath().getParent();
    benchmark.run(task(config, base, out), config.plan(base), folder, out);
  }

  private static DetectorTrainingConfig read(boolean masks, Path file) {
    DetectorTrainingConfig config = YamlReader.read(file, DetectorTrainingConfig.class);
    boolean has = config.network().masks() != null;
    if (has != masks) {
      throw new InvalidInputException(
          "%s: network.masks is %s. %s"
              .formatted(
                  file,
                  has ? "there" : "missing",
                  has
                      ? "Leave it out, or train a mask-rcnn."
                      : "Give it, or train a faster-rcnn."));
    }
    return config;
  }

  private static DetectorTask task(DetectorTrainingConfig config, Path base, PrintStream out) {
    RegionCnn network = new RegionCnn(config.network());
    return new DetectorTask(
        config, network, mixture(config, base, out), validations(config, network, base));
  }

  private static DatasetMixture mixture(DetectorTrainingConfig config, Path base, PrintStream out) {
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

  private static Map<String, Validation> validations(
      DetectorTrainingConfig config, RegionCnn network, Path base) {
    Map<String, Validation> all = new LinkedHashMap<>();
    for (DataConfig source : config.validation()) {
      all.put(source.name(), new Validation(network, source.open(base, config.network().labels())));
    }
    return all;
  }
}
