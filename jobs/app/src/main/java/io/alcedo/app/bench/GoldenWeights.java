package io.alcedo.app.bench;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.ops.Parameters;
import java.nio.file.Files;
import java.nio.file.Path;

/** Weights in the golden files, which keep them as {@code weights/NAME} beside other tensors. */
final class GoldenWeights {
  private static final String PREFIX = "weights/";

  private GoldenWeights() {}

  /**
   * Loads all weights of a file.
   *
   * @param under put before every name
   * @param frozenNorms norms of batches are buffers as a whole, not only their statistics
   * @throws InvalidInputException if there is no such file
   */
  static void load(Path file, String under, boolean frozenNorms, Parameters into) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "%s: is not there. Give the folder of the goldens by --golden.".formatted(file));
    }
    Safetensors.read(file)
        .tensors()
        .forEach(
            (key, entry) -> {
              if (key.startsWith(PREFIX) && !key.endsWith("num_batches_tracked")) {
                put(under + key.substring(PREFIX.length()), entry, frozenNorms, into);
              }
            });
  }

  private static void put(
      String name, Safetensors.Entry entry, boolean frozenNorms, Parameters into) {
    boolean isNorm = name.contains(".bn") || name.contains(".downsample.1.");
    if (name.contains("running_") || (frozenNorms && isNorm)) {
      into.putBuffer(name, entry.floats(), entry.shape());
    } else {
      into.putTrainable(name, entry.floats(), entry.shape());
    }
  }
}
