package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.LineCrossings;
import io.alcedo.operators.stream.observe.LineCrossings.Crossed;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.observe.Sighting;
import java.util.List;
import java.util.function.Consumer;

/** Somebody crosses a line, in a direction if one is named. */
record Crossing(ConditionSpec spec) implements Condition {
  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    for (Crossed crossed :
        LineCrossings.step(spec.objects(), spec.line(), spec.margin(), now, memory)) {
      if (spec.direction().includes(crossed.direction())) {
        Sighting sighting = crossed.sighting();
        held.accept(
            new Held(
                sighting.track(),
                sighting.object(),
                now.time(),
                List.of(sighting.object()),
                "%s crosses %s %s".formatted(sighting.label(), spec.line(), crossed.direction())));
      }
    }
  }

  @Override
  public boolean isMoment() {
    return true;
  }
}
