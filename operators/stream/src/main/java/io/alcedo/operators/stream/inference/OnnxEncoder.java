package io.alcedo.operators.stream.inference;

import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Task;

/** An encoder in ONNX Runtime: a vector of length 1 for each picture. */
public final class OnnxEncoder extends OnnxEngine<float[]> {
  private OnnxEncoder(ModelManifest manifest, OrtSession session, boolean batched) {
    super(manifest, session, new VectorReader(manifest.outputs().embedding()), batched);
  }

  /**
   * Opens, checks and warms up an encoder.
   *
   * @param threads of one inference on a CPU
   * @param batchSize largest batch, for the warm-up
   * @throws io.alcedo.connectors.InvalidInputException if it is none, cannot be opened or its graph
   *     does not match its manifest
   */
  public static OnnxEncoder open(
      ModelDirectory model, EngineOptions options, int threads, int batchSize) {
    return open(model.require(Task.EMBEDDING), options, threads, batchSize, OnnxEncoder::new);
  }
}
