package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import java.util.List;
import java.util.function.Consumer;

/** At least one of several conditions holds. */
final class AnyOf implements Condition {
  private final List<Condition> parts;

  AnyOf(ConditionSpec spec) {
    parts = spec.of().stream().map(Condition::of).toList();
  }

  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).step(now, memory.under(String.valueOf(i)), held);
    }
  }

  @Override
  public boolean isMoment() {
    return parts.stream().allMatch(Condition::isMoment);
  }
}
