package io.alcedo.training.train;

import java.util.List;

/**
 * Weights to begin with.
 *
 * @param weights a safetensors file, as an import or a training writes it; relative to the
 *     configuration's folder
 * @param prefix put before the file's names, as in {@code backbone.body} for a classifier's trunk;
 *     only parameters under it are replaced
 * @param except parameters whose names begin so are not read and begin anew
 */
public record StartConfig(String weights, String prefix, List<String> except) {
  public StartConfig {
    if (weights == null) {
      throw new IllegalArgumentException(
          "weights is missing, expected the path of a safetensors file");
    }
    prefix = prefix == null ? "" : prefix;
    except = except == null ? List.of() : List.copyOf(except);
  }
}
