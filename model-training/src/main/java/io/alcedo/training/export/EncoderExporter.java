package io.alcedo.training.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Resize;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.connectors.model.ModelManifest.Thresholds;
import io.alcedo.training.moco.Encoder;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.ops.OnnxGraph;
import io.alcedo.training.ops.OnnxOps;
import io.alcedo.training.ops.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes an encoder as {@code model.onnx} with its {@code manifest.json}. Pictures go in as they
 * are decoded, {@code images} uint8 [N, height, width, 3] RGB; {@code embedding} [N, dim] comes
 * out, each vector of length 1. The batch is free, the canvas is not. A picture's vector does not
 * depend on its neighbours in the batch.
 */
public final class EncoderExporter {
  private static final String OUTPUT = "embedding";

  private final EncoderConfig config;
  private final boolean halfWeights;

  /**
   * Prepares an export.
   *
   * @param halfWeights store weights as float16; they are cast to float32 when the model is loaded
   */
  public EncoderExporter(EncoderConfig config, boolean halfWeights) {
    this.config = config;
    this.halfWeights = halfWeights;
  }

  /** The graph as an ONNX model; the same parameters give the same bytes. */
  public byte[] model(Parameters parameters) {
    OnnxGraph graph = new OnnxGraph("encoder", halfWeights);
    OnnxOps ops = new OnnxOps(graph, parameters);
    String images =
        graph.input("images", DataType.UINT8, -1, config.canvasHeight(), config.canvasWidth(), 3);
    String layer = config.network().lookAtPictures(ops, ops.toFloat(images)).of(config.embedding());
    graph.output(OUTPUT, Encoder.unitLength(ops, layer), DataType.FLOAT, -1, config.dim());
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

  private ModelManifest manifest(
      String name, String licence, String sha256, Map<String, String> provenance) {
    return new ModelManifest(
        1,
        name,
        Task.EMBEDDING,
        ModelFolder.MODEL,
        sha256,
        ModelFolder.pictures(null, Resize.STRETCH, config.canvasWidth(), config.canvasHeight()),
        ModelManifest.Outputs.encoder(
            new ModelManifest.Vector(OUTPUT, config.dim(), config.embedding().toString())),
        List.of(),
        Thresholds.DEFAULT,
        licence,
        provenance);
  }
}
