package io.alcedo.training.model;

import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.export.ClassifierExporter;
import io.alcedo.training.export.DetectorExporter;
import io.alcedo.training.export.EncoderExporter;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Quantization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes a model that can be served of weights: {@code model.onnx} and {@code manifest.json}.
 *
 * @param network which the weights are of
 * @param name of the model
 * @param licence of the weights
 * @param halfWeights stored as float16, computed in float32
 * @param provenance facts for the manifest
 */
public record ModelExport(
    NetworkSpec network,
    String name,
    String licence,
    boolean halfWeights,
    Map<String, String> provenance) {

  /**
   * Writes the model.
   *
   * @param weights a safetensors file
   * @throws io.alcedo.connectors.InvalidInputException if the weights are not of this network
   */
  public ModelManifest write(Path weights, Path output) throws IOException {
    try (Parameters parameters = network.load(weights)) {
      return write(parameters, Quantization.NONE, output);
    }
  }

  /**
   * Writes the model.
   *
   * @param quantization which layers are computed with 8-bit integers
   */
  public ModelManifest write(Parameters parameters, Quantization quantization, Path output)
      throws IOException {
    Map<String, String> facts = new LinkedHashMap<>(provenance);
    facts.put("parameters", String.valueOf(parameters.trainableCount()));
    if (network.detector() != null) {
      return new DetectorExporter(new RegionCnn(network.detector()), halfWeights, quantization)
          .write(output, name, licence, parameters, facts);
    }
    return network.classifier() != null
        ? new ClassifierExporter(network.classifier(), halfWeights, quantization)
            .write(output, name, licence, parameters, facts)
        : new EncoderExporter(network.encoder(), halfWeights)
            .write(output, name, licence, parameters, facts);
  }

  /** The same with more facts for the manifest. */
  public ModelExport with(Map<String, String> facts) {
    Map<String, String> all = new LinkedHashMap<>(provenance);
    all.putAll(facts);
    return new ModelExport(network, name, licence, halfWeights, all);
  }
}
