package io.alcedo.training.train;

import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.model.ModelExport;
import io.alcedo.training.model.NetworkSpec;
import io.alcedo.training.ops.Parameters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the weights of a training become.
 *
 * @param network which they are of
 * @param name of the model
 * @param licence of the weights
 * @param length of the training, for people
 * @param batchSize of the training
 */
public record TrainedModel(
    NetworkSpec network, String name, String licence, String length, int batchSize) {
  private static final String KEPT = "weights.safetensors";

  /**
   * Writes {@code model.onnx} with its manifest, and {@code network.json} with the weights for
   * another training or export.
   *
   * @param weights exact ones of the training
   * @throws io.alcedo.connectors.InvalidInputException if they cannot be read or are not of this
   *     network
   */
  public void export(Path weights, Path output, PrintStream out) throws IOException {
    Map<String, String> facts = Safetensors.read(weights).metadata();
    Map<String, String> provenance = new LinkedHashMap<>(new TreeMap<>(facts));
    provenance.put("length", length);
    provenance.put("batchSize", String.valueOf(batchSize));
    new ModelExport(network, name, licence, true, provenance).write(weights, output);
    network.write(output);
    try (Parameters parameters = network.load(weights)) {
      WeightFiles.save(output.resolve(KEPT), parameters, facts, Safetensors::writeHalf);
    }
    out.printf("Weights of step %s written to %s%n", facts.get("step"), output);
  }
}
