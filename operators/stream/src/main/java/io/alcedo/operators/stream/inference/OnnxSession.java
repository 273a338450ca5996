package io.alcedo.operators.stream.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.operators.stream.inference.Device.Kind;
import java.nio.file.Path;
import java.util.EnumSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens ONNX Runtime sessions on the device that was asked for. */
final class OnnxSession {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxSession.class);

  private OnnxSession() {}

  /**
   * Opens one model.
   *
   * @param threads of one inference on a CPU
   * @throws InvalidInputException if the file is no ONNX model or the device is absent
   */
  static OrtSession open(Path weights, EngineOptions options, int threads) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Device device = choose(options.device(), OrtEnvironment.getAvailableProviders());
    try (SessionOptions session = new SessionOptions()) {
      session.setIntraOpNumThreads(threads);
      session.setInterOpNumThreads(1);
      // A spinning pool burns the core that decoding needs (a third of the rate, measured).
      session.addConfigEntry("session.intra_op.allow_spinning", "0");
      session.setMemoryPatternOptimization(options.memoryPattern() && device.kind() == Kind.CPU);
      addProvider(session, device);
      return environment.createSession(weights.toString(), session);
    } catch (OrtException e) {
      throw new InvalidInputException(
          "model %s: ONNX Runtime %s cannot open it on %s: %s"
              .formatted(weights, environment.getVersion(), device, e.getMessage()),
          e);
    }
  }

  static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      LOG.warn("closing a session failed", e);
    }
  }

  /** What a setting means on this machine. */
  static Device choose(Device wanted, EnumSet<OrtProvider> available) {
    return switch (wanted.kind()) {
      case CPU -> wanted;
      case CUDA -> require(wanted, OrtProvider.CUDA, available);
      case TENSORRT -> require(wanted, OrtProvider.TENSOR_RT, available);
      case AUTO -> {
        boolean hasCuda = available.contains(OrtProvider.CUDA);
        Device chosen = hasCuda ? new Device(Kind.CUDA, 0) : Device.CPU;
        LOG.info("device auto: {} (this ONNX Runtime has {})", chosen, available);
        yield chosen;
      }
    };
  }

  private static Device require(
      Device wanted, OrtProvider provider, EnumSet<OrtProvider> available) {
    if (!available.contains(provider)) {
      throw new InvalidInputException(
          "device %s: this ONNX Runtime has only %s; use auto or cpu, or build with -Pgpu"
              .formatted(wanted, available));
    }
    return wanted;
  }

  private static void addProvider(SessionOptions session, Device device) throws OrtException {
    if (device.kind() == Kind.TENSORRT) {
      session.addTensorrt(device.index());
    }
    if (device.kind() != Kind.CPU) {
      session.addCUDA(device.index());
    }
  }
}
