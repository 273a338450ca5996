package io.alcedo.training.train;

import java.util.List;

/**
 * Labelled pictures on which models are measured.
 *
 * @param data the sources; their shares do not matter
 */
public record EvaluationConfig(List<DataConfig> data) {
  public EvaluationConfig {
    if (data == null || data.isEmpty()) {
      throw new IllegalArgumentException("data is missing, expected at least one source");
    }
    data = List.copyOf(data);
  }
}
