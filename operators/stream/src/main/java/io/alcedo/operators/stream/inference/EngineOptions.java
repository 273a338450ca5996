package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.InvalidInputException;
import java.io.Serializable;

/**
 * How ONNX Runtime runs a model.
 *
 * @param device where
 * @param threads of one inference on a CPU; 0 = as many as there are cores
 * @param memoryPattern whether ONNX Runtime plans its memory per input shape: faster on a CPU, and
 *     grows with every new batch size on a GPU
 */
public record EngineOptions(Device device, int threads, boolean memoryPattern)
    implements Serializable {
  public static final EngineOptions DEFAULT = new EngineOptions(Device.AUTO, 0, true);

  public EngineOptions {
    if (threads < 0) {
      throw new InvalidInputException(
          "engine threads is %d, expected 0 or more".formatted(threads));
    }
  }
}
