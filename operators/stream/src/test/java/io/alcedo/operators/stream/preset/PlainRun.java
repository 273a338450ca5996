package io.alcedo.operators.stream.preset;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** A run of ONNX Runtime without any of our code around it. */
final class PlainRun {
  private PlainRun() {}

  /** Probabilities of one picture float [1, 3, 224, 224]. */
  static float[] softmaxOf(Path model, float[] picture) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(picture), new long[] {1, 3, 224, 224});
        OrtSession.Result result = session.run(Map.of("input", input))) {
      float[] logits = ((float[][]) result.get(0).getValue())[0];
      float most = Float.NEGATIVE_INFINITY;
      for (float logit : logits) {
        most = Math.max(most, logit);
      }
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit - most);
      }
      float[] probabilities = new float[logits.length];
      for (int i = 0; i < logits.length; i++) {
        probabilities[i] = (float) (Math.exp(logits[i] - most) / sum);
      }
      return probabilities;
    } catch (OrtException e) {
      throw new AssertionError(e);
    }
  }
}
