package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A run between two steps: weights, buffers, their average, momentum and the number of the next
 * step. Pictures and samplers depend on the seed and that number only, so nothing else is needed to
 * go on bit for bit.
 */
final class Checkpoint {
  private static final String WEIGHT = "weight/";
  private static final String BUFFER = "buffer/";
  private static final String VELOCITY = "velocity/";
  private static final String AVERAGE = "average/";
  private static final String NEXT_STEP = "nextStep";
  private static final String SECONDS = "seconds";
  private static final String BEST = "best";

  /**
   * How far a run is.
   *
   * @param nextStep number of the step to be done next
   * @param spent time so far
   * @param best highest validation score so far, −1 before the first
   */
  record Progress(int nextStep, Duration spent, double best) {
    static final Progress START = new Progress(0, Duration.ZERO, -1);
  }

  private Checkpoint() {}

  static void save(
      Path file, Parameters parameters, WeightAverage average, Sgd sgd, Progress progress)
      throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    put("", parameters, tensors);
    if (average.isKept()) {
      put(AVERAGE, average.parameters(), tensors);
    }
    sgd.velocity().forEach((name, tensor) -> tensors.put(VELOCITY + name, tensor));
    Map<String, String> metadata =
        Map.of(
            NEXT_STEP, String.valueOf(progress.nextStep()),
            SECONDS, String.valueOf(progress.spent().toSeconds()),
            BEST, String.valueOf(progress.best()));
    WeightFiles.write(file, metadata, tensors, Safetensors::write);
  }

  private static void put(String prefix, Parameters from, Map<String, Tensor> into) {
    from.trainable().forEach((name, tensor) -> into.put(prefix + WEIGHT + name, tensor));
    from.buffers().forEach((name, tensor) -> into.put(prefix + BUFFER + name, tensor));
  }

  /**
   * Restores a run.
   *
   * @throws InvalidInputException if the file is no checkpoint
   */
  static Progress load(Path file, Parameters parameters, WeightAverage average, Sgd sgd) {
    Safetensors.Content content = Safetensors.read(file);
    Map<String, String> metadata = content.metadata();
    if (!metadata.keySet().containsAll(List.of(NEXT_STEP, SECONDS, BEST))) {
      throw new InvalidInputException(file + ": is no training checkpoint");
    }
    content
        .tensors()
        .forEach(
            (key, entry) -> {
              if (key.startsWith(VELOCITY)) {
                sgd.velocity(key.substring(VELOCITY.length()), kept(entry));
              } else if (key.startsWith(AVERAGE)) {
                restore(key.substring(AVERAGE.length()), entry, average.parameters());
              } else {
                restore(key, entry, parameters);
              }
            });
    return new Progress(
        Integer.parseInt(metadata.get(NEXT_STEP)),
        Duration.ofSeconds(Long.parseLong(metadata.get(SECONDS))),
        Double.parseDouble(metadata.get(BEST)));
  }

  private static void restore(String key, Safetensors.Entry entry, Parameters into) {
    if (key.startsWith(BUFFER)) {
      into.putBuffer(key.substring(BUFFER.length()), entry.floats(), entry.shape());
    } else {
      into.putTrainable(key.substring(WEIGHT.length()), entry.floats(), entry.shape());
    }
  }

  private static Tensor kept(Safetensors.Entry entry) {
    try (PointerScope scope = new PointerScope()) {
      Tensor tensor = Tensors.of(entry.floats(), entry.shape());
      tensor.retainReference();
      return tensor;
    }
  }
}
