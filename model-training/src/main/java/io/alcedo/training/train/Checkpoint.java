package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A run between two steps: weights, buffers, momentum and the number of the next step. Pictures and
 * samplers depend on the seed and that number only, so nothing else is needed to go on bit for bit.
 */
final class Checkpoint {
  private static final String WEIGHT = "weight/";
  private static final String BUFFER = "buffer/";
  private static final String VELOCITY = "velocity/";
  private static final String NEXT_STEP = "nextStep";

  private Checkpoint() {}

  static void save(Path file, Parameters parameters, Sgd sgd, int nextStep) throws IOException {
    Map<String, float[]> values = new LinkedHashMap<>();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    put(WEIGHT, parameters.trainable(), values, shapes);
    put(BUFFER, parameters.buffers(), values, shapes);
    put(VELOCITY, sgd.velocity(), values, shapes);
    Safetensors.write(file, Map.of(NEXT_STEP, String.valueOf(nextStep)), values, shapes);
  }

  private static void put(
      String prefix,
      Map<String, Tensor> tensors,
      Map<String, float[]> values,
      Map<String, long[]> shapes) {
    tensors.forEach(
        (name, tensor) -> {
          values.put(prefix + name, Tensors.floats(tensor));
          shapes.put(prefix + name, tensor.shape());
        });
  }

  /** Restores a run; the number of its next step. */
  static int load(Path file, Parameters parameters, Sgd sgd) {
    Safetensors.Content content = Safetensors.read(file);
    content
        .tensors()
        .forEach(
            (key, entry) -> {
              String name = key.substring(key.indexOf('/') + 1);
              if (key.startsWith(WEIGHT)) {
                parameters.putTrainable(name, entry.floats(), entry.shape());
              } else if (key.startsWith(BUFFER)) {
                parameters.putBuffer(name, entry.floats(), entry.shape());
              } else {
                sgd.velocity(name, kept(entry));
              }
            });
    String next = content.metadata().get(NEXT_STEP);
    if (next == null) {
      throw new InvalidInputException(file + ": is no training checkpoint");
    }
    return Integer.parseInt(next);
  }

  private static Tensor kept(Safetensors.Entry entry) {
    try (PointerScope scope = new PointerScope()) {
      Tensor tensor = Tensors.of(entry.floats(), entry.shape());
      tensor.retainReference();
      return tensor;
    }
  }
}
