package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/** Weights and buffers by their torchvision names, in safetensors files. */
final class WeightFiles {
  private static final String BATCHES = "num_batches_tracked";

  /** How tensors on the heap become a file. */
  interface Format {
    void write(
        Path file,
        Map<String, String> metadata,
        Map<String, float[]> values,
        Map<String, long[]> shapes)
        throws IOException;
  }

  private WeightFiles() {}

  /** Saves all, exactly or in half the space. */
  static void save(Path file, Parameters parameters, Map<String, String> metadata, Format format)
      throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(parameters.trainable());
    tensors.putAll(parameters.buffers());
    write(file, metadata, tensors, format);
  }

  static void write(
      Path file, Map<String, String> metadata, Map<String, Tensor> tensors, Format format)
      throws IOException {
    Map<String, float[]> values = new LinkedHashMap<>();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          values.put(name, Tensors.floats(tensor));
          shapes.put(name, tensor.shape());
        });
    format.write(file, metadata, values, shapes);
  }

  /**
   * Replaces the beginnings of a network's parameters by stored ones.
   *
   * @param parameters all of the network
   * @param start which are not replaced, and where the stored ones belong
   * @throws InvalidInputException if the file lacks one, has another one, or one of another shape
   */
  static void load(Path file, Parameters parameters, StartConfig start) {
    String prefix = start.prefix().isEmpty() ? "" : start.prefix() + ".";
    Set<String> missing = new HashSet<>();
    Stream.concat(parameters.trainable().keySet().stream(), parameters.buffers().keySet().stream())
        .filter(name -> name.startsWith(prefix) && !isLeftOut(name, start.except()))
        .forEach(missing::add);
    for (Map.Entry<String, Safetensors.Entry> stored :
        Safetensors.read(file).tensors().entrySet()) {
      String name = prefix + stored.getKey();
      if (name.endsWith(BATCHES)
          || isLeftOut(stored.getKey(), start.except())
          || isLeftOut(name, start.except())) {
        continue;
      }
      if (!missing.remove(name)) {
        throw unfit(file, "has '%s', which the network has not", name);
      }
      replace(file, name, stored.getValue(), parameters);
    }
    if (!missing.isEmpty()) {
      throw unfit(file, "lacks '%s'", missing.stream().sorted().findFirst().orElseThrow());
    }
  }

  private static void replace(
      Path file, String name, Safetensors.Entry entry, Parameters parameters) {
    boolean trains = parameters.trainable().containsKey(name);
    Tensor begun = trains ? parameters.trainable().get(name) : parameters.buffers().get(name);
    if (!Arrays.equals(begun.shape(), entry.shape())) {
      throw unfit(
          file,
          "has '%s' of another shape than the network, " + Arrays.toString(entry.shape()),
          name);
    }
    if (trains) {
      parameters.putTrainable(name, entry.floats(), entry.shape());
    } else {
      parameters.putBuffer(name, entry.floats(), entry.shape());
    }
  }

  private static boolean isLeftOut(String name, List<String> except) {
    return except.stream().anyMatch(name::startsWith);
  }

  private static InvalidInputException unfit(Path file, String what, String name) {
    return new InvalidInputException(
        "%s: %s. Name its beginning in start.except to begin it anew."
            .formatted(file, what.formatted(name)));
  }
}
