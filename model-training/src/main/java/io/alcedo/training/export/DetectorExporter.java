package io.alcedo.training.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.BoxSpace;
import io.alcedo.connectors.model.ModelManifest.MaskForm;
import io.alcedo.connectors.model.ModelManifest.Resize;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.connectors.model.ModelManifest.Thresholds;
import io.alcedo.training.detection.Detections;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.detection.RegionCnnConfig;
import io.alcedo.training.ops.OnnxGraph;
import io.alcedo.training.ops.OnnxOps;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Quantization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a trained detector as {@code model.onnx} with its {@code manifest.json}. Pictures go in as
 * they are decoded, uint8 [N, H, W, 3] RGB on the canvas; the batch is free, the canvas is not.
 */
public final class DetectorExporter {
  private final RegionCnn network;
  private final boolean halfWeights;
  private final Quantization quantization;

  /**
   * Prepares an export whose arithmetic is float32.
   *
   * @param halfWeights store weights as float16; they are cast to float32 when the model is loaded
   */
  public DetectorExporter(RegionCnn network, boolean halfWeights) {
    this(network, halfWeights, Quantization.NONE);
  }

  /**
   * Prepares an export.
   *
   * @param halfWeights store the weights that stay float as float16
   * @param quantization which layers are computed with 8-bit integers
   */
  public DetectorExporter(RegionCnn network, boolean halfWeights, Quantization quantization) {
    this.network = network;
    this.halfWeights = halfWeights;
    this.quantization = quantization;
  }

  /** The graph as an ONNX model; the same parameters give the same bytes. */
  public byte[] model(Parameters parameters) {
    RegionCnnConfig config = network.config();
    OnnxGraph graph = new OnnxGraph("region-cnn", halfWeights);
    OnnxOps ops = new OnnxOps(graph, parameters, quantization);
    String images =
        graph.input("images", DataType.UINT8, -1, config.canvasHeight(), config.canvasWidth(), 3);
    String sizes = graph.input("sizes", DataType.FLOAT, -1, 4);
    Detections<String> found = network.detectPictures(ops, ops.toFloat(images), sizes);
    graph.output("boxes", found.boxes(), DataType.FLOAT, -1, 4);
    graph.output("labels", found.labels(), DataType.INT64, -1);
    graph.output("scores", found.scores(), DataType.FLOAT, -1);
    graph.output("batch_index", found.image(), DataType.INT64, -1);
    if (found.masks() != null) {
      graph.output("masks", found.masks(), DataType.FLOAT, -1, 28, 28);
    }
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
    RegionCnnConfig config = network.config();
    List<String> labels = new ArrayList<>(List.of("background"));
    labels.addAll(config.labels());
    return new ModelManifest(
        1,
        name,
        Task.DETECTION,
        ModelFolder.MODEL,
        sha256,
        ModelFolder.pictures(
            "sizes", Resize.LETTERBOX, config.canvasWidth(), config.canvasHeight()),
        new ModelManifest.Outputs(
            "boxes",
            "labels",
            "scores",
            "batch_index",
            config.masks() == null ? null : "masks",
            config.masks() == null ? MaskForm.NONE : MaskForm.PER_BOX,
            BoxSpace.CANVAS,
            null),
        labels,
        Thresholds.DEFAULT,
        licence,
        provenance);
  }
}
