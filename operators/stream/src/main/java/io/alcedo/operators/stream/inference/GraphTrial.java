package io.alcedo.operators.stream.inference;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.geometry.Placement.Size;
import io.alcedo.connectors.model.ModelManifest.Input;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** A graph without a manifest: what it declares, and what comes out of it. Owns its session. */
public final class GraphTrial implements AutoCloseable {
  private static final Size PICTURE = new Size(640, 480);

  private final Path weights;
  private final OrtSession session;

  private GraphTrial(Path weights, OrtSession session) {
    this.weights = weights;
    this.session = session;
  }

  /** What is made of the outputs of a run before they are freed. */
  public interface Look<T> {
    /**
     * Looks.
     *
     * @param canvas what the model saw, px
     */
    T at(OutputValues values, Size canvas);
  }

  /**
   * Opens a graph.
   *
   * @throws InvalidInputException if the file is no ONNX model
   */
  public static GraphTrial open(Path weights) {
    EngineOptions options = new EngineOptions(Device.CPU, 0, true);
    int threads = Runtime.getRuntime().availableProcessors();
    return new GraphTrial(weights, OnnxSession.open(weights, options, threads));
  }

  /** Declared inputs, in the graph's order. */
  public Map<String, TensorForm> inputs() {
    try {
      return TensorForm.of(session.getInputInfo());
    } catch (OrtException e) {
      throw new InferenceException(e.getMessage(), e);
    }
  }

  /** Declared outputs, in the graph's order. */
  public Map<String, TensorForm> outputs() {
    try {
      return TensorForm.of(session.getOutputInfo());
    } catch (OrtException e) {
      throw new InferenceException(e.getMessage(), e);
    }
  }

  /**
   * Runs it once on a noisy picture.
   *
   * @throws InvalidInputException if it does not run
   */
  public <T> T run(Input input, Look<T> look) {
    byte[] pixels = new byte[3 * PICTURE.width() * PICTURE.height()];
    new Random(1).nextBytes(pixels);
    try (FrameBatch batch = new FrameBatch(1, input);
        BytePointer bytes = new BytePointer(pixels);
        Mat noise = new Mat(PICTURE.height(), PICTURE.width(), CV_8UC3, bytes)) {
      Placement fit = batch.place(0, noise);
      try (OnnxTensor picture = batch.imagesTensor(0, 1);
          OrtSession.Result result = session.run(Map.of(input.name(), picture))) {
        return look.at(new OutputValues(result), fit.canvas());
      }
    } catch (OrtException e) {
      throw new InvalidInputException(
          "model %s: a trial run failed: %s".formatted(weights, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    OnnxSession.close(session);
  }
}
