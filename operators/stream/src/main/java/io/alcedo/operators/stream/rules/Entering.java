package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.observe.Stays;
import java.util.List;
import java.util.function.Consumer;

/** Somebody comes into a zone, or is first seen in it. */
record Entering(ConditionSpec spec) implements Condition {
  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    for (Stays.Stay stay :
        Stays.step(spec.objects(), spec.zone(), spec.tolerance(), now, memory).begun()) {
      held.accept(
          new Held(
              stay.track(),
              stay.sighting().object(),
              now.time(),
              List.of(stay.sighting().object()),
              "%s enters %s".formatted(stay.sighting().label(), spec.zone())));
    }
  }

  @Override
  public boolean isMoment() {
    return true;
  }
}
