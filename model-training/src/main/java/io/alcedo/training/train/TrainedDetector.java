package io.alcedo.training.train;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.export.DetectorExporter;
import io.alcedo.training.ops.Parameters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of a Mask R-CNN that a training kept, and how they become a model.
 *
 * @param config of the training
 * @param weights its {@code best.safetensors} or {@code weights.safetensors}
 */
public record TrainedDetector(DetectorTrainingConfig config, Path weights) {
  private static final String KEPT = "weights.safetensors";

  /**
   * Reads a training's configuration.
   *
   * @throws io.alcedo.connectors.InvalidInputException if it is wrong
   */
  public static TrainedDetector of(Path config, Path weights) {
    return new TrainedDetector(YamlReader.read(config, DetectorTrainingConfig.class), weights);
  }

  /**
   * Writes {@code model.onnx} with its manifest, and the weights for another training.
   *
   * @throws io.alcedo.connectors.InvalidInputException if the weights cannot be read
   * @throws IllegalArgumentException if they are not of this configuration's network
   */
  public void export(Path output, PrintStream out) throws IOException {
    try (Parameters parameters = new Parameters()) {
      Map<String, String> facts = Checkpoint.loadWeights(weights, parameters, List.of());
      Map<String, String> provenance = new LinkedHashMap<>();
      facts.keySet().stream().sorted().forEach(fact -> provenance.put(fact, facts.get(fact)));
      provenance.put("length", config.schedule().length());
      provenance.put("batchSize", String.valueOf(config.run().batchSize()));
      provenance.put("parameters", String.valueOf(parameters.trainableCount()));
      new DetectorExporter(new RegionCnn(config.network()), true)
          .write(output, config.name(), config.licence(), parameters, provenance);
      Checkpoint.saveHalf(output.resolve(KEPT), parameters, facts);
      out.printf("Weights of step %s written to %s%n", facts.get("step"), output);
    }
  }
}
