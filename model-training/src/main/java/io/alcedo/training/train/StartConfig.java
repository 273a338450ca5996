package io.alcedo.training.train;

import java.util.List;

/**
 * Weights to begin with.
 *
 * @param weights a run's {@code best.safetensors} or {@code weights.safetensors}, relative to the
 *     configuration's folder
 * @param except parameters whose names begin so begin anew
 */
public record StartConfig(String weights, List<String> except) {
  public StartConfig {
    if (weights == null) {
      throw new IllegalArgumentException(
          "weights is missing, expected the path of a safetensors file");
    }
    except = except == null ? List.of() : List.copyOf(except);
  }
}
