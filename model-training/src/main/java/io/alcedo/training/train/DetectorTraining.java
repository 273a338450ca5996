package io.alcedo.training.train;

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
    RegionCnn network = new RegionCnn(config.network());
    DetectorTask task =
        new DetectorTask(
            config, network, mixture(config, base, out), validations(config, network, base));
    try (TrainingRun<?> run = new TrainingRun<>(task, config.plan(base), output, out)) {
      run.run(resume);
    }
    new TrainedDetector(config, output.resolve(TrainingRun.BEST)).export(output, out);
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
