package io.alcedo.operators.stream.inference;

import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Task;

/** A detector in ONNX Runtime. */
public final class OnnxDetector extends OnnxEngine<Detections> {
  private OnnxDetector(ModelManifest manifest, OrtSession session, boolean batched) {
    super(manifest, session, new DetectionReader(manifest.outputs()), batched);
  }

  /**
   * Opens, checks and warms up a detector.
   *
   * @param threads of one inference on a CPU
   * @param batchSize largest batch, for the warm-up
   * @throws io.alcedo.connectors.InvalidInputException if it is none, cannot be opened or its graph
   *     does not match its manifest
   */
  public static OnnxDetector open(
      ModelDirectory model, EngineOptions options, int threads, int batchSize) {
    return open(model.require(Task.DETECTION), options, threads, batchSize, OnnxDetector::new);
  }
}
