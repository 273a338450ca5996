package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A run between two steps: weights, buffers, their average, momentum, what the task has beside
 * them, and the number of the next step. Pictures and samplers depend on the seed and that number
 * only, so nothing else is needed to go on bit for bit.
 */
final class Checkpoint {
  private static final String WEIGHT = "weight/";
  private static final String BUFFER = "buffer/";
  private static final String VELOCITY = "velocity/";
  private static final String TASK = "task/";
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

  static void save(Path file, TrainingTask<?> task, Learner<?> learner, Progress progress)
      throws IOException {
    Map<String, Entry> tensors = new LinkedHashMap<>();
    put("", learner.parameters(), tensors);
    if (learner.average().isKept()) {
      put(AVERAGE, learner.average().parameters(), tensors);
    }
    learner.sgd().velocity().forEach((name, tensor) -> put(VELOCITY + name, tensor, tensors));
    task.state().forEach((name, entry) -> tensors.put(TASK + name, entry));
    Map<String, String> metadata =
        Map.of(
            NEXT_STEP, String.valueOf(progress.nextStep()),
            SECONDS, String.valueOf(progress.spent().toSeconds()),
            BEST, String.valueOf(progress.best()));
    Safetensors.writeEntries(file, metadata, tensors);
  }

  private static void put(String prefix, Parameters from, Map<String, Entry> into) {
    from.trainable().forEach((name, tensor) -> put(prefix + WEIGHT + name, tensor, into));
    from.buffers().forEach((name, tensor) -> put(prefix + BUFFER + name, tensor, into));
  }

  private static void put(String key, Tensor tensor, Map<String, Entry> into) {
    into.put(key, Entry.of(Tensors.floats(tensor), tensor.shape()));
  }

  /**
   * Restores a run.
   *
   * @throws InvalidInputException if the file is no checkpoint
   */
  static Progress load(Path file, TrainingTask<?> task, Learner<?> learner) {
    Safetensors.Content content = Safetensors.read(file);
    Map<String, String> metadata = content.metadata();
    if (!metadata.keySet().containsAll(List.of(NEXT_STEP, SECONDS, BEST))) {
      throw new InvalidInputException(file + ": is no training checkpoint");
    }
    Map<String, Entry> state = new LinkedHashMap<>();
    content
        .tensors()
        .forEach(
            (key, entry) -> {
              if (key.startsWith(TASK)) {
                state.put(key.substring(TASK.length()), entry);
              } else if (key.startsWith(VELOCITY)) {
                String name = key.substring(VELOCITY.length());
                learner.sgd().velocity(name, entry.floats(), entry.shape());
              } else if (key.startsWith(AVERAGE)) {
                restore(key.substring(AVERAGE.length()), entry, learner.average().parameters());
              } else {
                restore(key, entry, learner.parameters());
              }
            });
    task.restore(state);
    return new Progress(
        Integer.parseInt(metadata.get(NEXT_STEP)),
        Duration.ofSeconds(Long.parseLong(metadata.get(SECONDS))),
        Double.parseDouble(metadata.get(BEST)));
  }

  private static void restore(String key, Entry entry, Parameters into) {
    if (key.startsWith(BUFFER)) {
      into.putBuffer(key.substring(BUFFER.length()), entry.floats(), entry.shape());
    } else {
      into.putTrainable(key.substring(WEIGHT.length()), entry.floats(), entry.shape());
    }
  }
}
