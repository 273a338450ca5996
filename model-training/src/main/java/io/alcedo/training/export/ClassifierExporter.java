package io.alcedo.training.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Resize;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.connectors.model.ModelManifest.Thresholds;
import io.alcedo.training.classification.ClassifierConfig;
import io.alcedo.training.ops.OnnxGraph;
import io.alcedo.training.ops.OnnxOps;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Quantization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a trained classifier as {@code model.onnx} with its {@code manifest.json}. Pictures go in
 * as they are decoded, {@code images} uint8 [N, side, side, 3] RGB; {@code logits} [N, classes]
 * come out. The batch is free, the canvas is not.
 */
public final class ClassifierExporter {
  private final ClassifierConfig config;
  private final boolean halfWeights;
  private final Quantization quantization;

  /**
   * Prepares an export whose arithmetic is float32.
   *
   * @param halfWeights store weights as float16; they are cast to float32 when the model is loaded
   */
  public ClassifierExporter(ClassifierConfig config, boolean halfWeights) {
    this(config, halfWeights, Quantization.NONE);
  }

  /**
   * Prepares an export.
   *
   * @param halfWeights store the weights that stay float as float16
   * @param quantization which layers are computed with 8-bit integers
   */
  public ClassifierExporter(
      ClassifierConfig config, boolean halfWeights, Quantization quantization) {
    this.config = config;
    this.halfWeights = halfWeights;
    this.quantization = quantization;
  }

  /** The graph as an ONNX model; the same parameters give the same bytes. */
  public byte[] model(Parameters parameters) {
    OnnxGraph graph = new OnnxGraph("classifier", halfWeights);
    OnnxOps ops = new OnnxOps(graph, parameters, quantization);
    String images = graph.input("images", DataType.UINT8, -1, config.side(), config.side(), 3);
    String logits = config.network().pictureLogits(ops, ops.toFloat(images));
    graph.output("logits", logits, DataType.FLOAT, -1, config.classes());
    return graph.toBytes("1");
  }

  /**
   * Writes a model directory.
   *
   * @param name of the model
   * @param provenance facts for the manifest: command, data, figures
   * @return what the manifest says
   */
  public ModelManifest write(
      Path directory,
      String name,
      String licence,
      Parameters parameters,
      Map<String, String> provenance)
      throws IOException {
    return ModelFolder.write(
        directory, model(parameters), sha256 -> manifest(name, licence, sha256, provenance));
  }

  private ModelManifest.Input input() {
    ModelManifest.Input whole =
        ModelFolder.pictures(null, Resize.STRETCH, config.side(), config.side());
    return config.shortSide() == null ? whole : whole.fromTheMiddle(config.shortSide());
  }

  private ModelManifest manifest(
      String name, String licence, String sha256, Map<String, String> provenance) {
    return new ModelManifest(
        1,
        name,
        Task.CLASSIFICATION,
        ModelFolder.MODEL,
        sha256,
        input(),
        ModelManifest.Outputs.classifier("logits"),
        config.labels(),
        Thresholds.DEFAULT,
        licence,
        provenance);
  }
}
