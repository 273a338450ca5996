package io.alcedo.app.bench;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Path;

/** Opens ONNX files of any convention as the serving engine opens its own. */
final class GraphSession {
  private GraphSession() {}

  /**
   * Opens a graph on the CPU. Its warnings are not printed: torchvision's Mask R-CNN gives one for
   * each object of each frame, which would be measured too.
   *
   * @throws InvalidInputException if it is no graph that ONNX Runtime can run
   */
  static OrtSession open(Path file, int threads) {
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
    } catch (OrtException e) {
      throw new InvalidInputException(
          "%s: ONNX Runtime cannot open it: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Closes what {@link #open} opened. */
  static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
