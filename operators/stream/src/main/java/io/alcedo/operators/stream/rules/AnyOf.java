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
      String part = String.valueOf(i);
      parts.get(i).step(now, memory.under(part), of -> held.accept(ofPart(part, of)));
    }
  }

  /** The same opens two parts where one is true of coming in and the other of going out. */
  private static Held ofPart(String part, Held of) {
    String opening = part + " " + of.opening();
    return new Held(of.subject(), opening, of.since(), of.objects(), of.text());
  }

  @Override
  public boolean isMoment() {
    return parts.stream().allMatch(Condition::isMoment);
  }
}
