package io.alcedo.operators.stream.inference;

import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Task;

/** A classifier in ONNX Runtime. */
public final class OnnxClassifier extends OnnxEngine<ClassScores> {
  private OnnxClassifier(ModelManifest manifest, OrtSession session, boolean batched) {
    super(
        manifest, session, new ClassReader(manifest.outputs(), manifest.labels().size()), batched);
  }

  /**
   * Opens, checks and warms up a classifier.
   *
   * @param threads of one inference on a CPU
   * @param batchSize largest batch, for the warm-up
   * @throws io.alcedo.connectors.InvalidInputException if it is none, cannot be opened or its graph
   *     does not match its manifest
   */
  public static OnnxClassifier open(
      ModelDirectory model, EngineOptions options, int threads, int batchSize) {
    return open(
        model.require(Task.CLASSIFICATION), options, threads, batchSize, OnnxClassifier::new);
  }
}
