package io.alcedo.app.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * A classifier's graph: one input, float [N, 3, H, W], and one output, logits [N, classes].
 *
 * @param pictures values of the batch
 * @param side px, of height and width
 */
record LogitsGraph(String name, Path file, float[] pictures, int batch, int side, int threads)
    implements Contender {

  @Override
  public Runner open() {
    return new Session();
  }

  /** [N, classes] of the batch. */
  float[] logits() {
    try (Session session = new Session();
        OrtSession.Result result = session.result()) {
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    }
  }

  private final class Session implements Runner {
    private final OrtSession session = GraphSession.open(file, threads);
    private final String input = session.getInputNames().iterator().next();
    private final OnnxTensor tensor;

    Session() {
      try {
        tensor =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                FloatBuffer.wrap(pictures),
                new long[] {batch, 3, side, side});
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    OrtSession.Result result() {
      try {
        return session.run(Map.of(input, tensor));
      } catch (OrtException e) {
        throw new IllegalStateException("%s: %s".formatted(file, e.getMessage()), e);
      }
    }

    @Override
    public void prepare(int number) {
      // The one batch is in place.
    }

    @Override
    public void run() {
      result().close();
    }

    @Override
    public void close() {
      tensor.close();
      GraphSession.close(session);
    }
  }
}
