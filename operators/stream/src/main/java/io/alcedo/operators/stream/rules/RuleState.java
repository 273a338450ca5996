package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Cell;
import java.util.Map;

/**
 * Where one rule stands for one camera.
 *
 * @param cells by name
 */
public record RuleState(Map<String, Cell> cells) {
  /** Nothing has happened. */
  public static final RuleState START = new RuleState(Map.of());

  public RuleState {
    cells = Map.copyOf(cells);
  }
}
