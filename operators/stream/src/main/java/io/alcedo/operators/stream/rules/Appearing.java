package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.observe.Sighting;
import java.util.List;
import java.util.function.Consumer;

/** An object is there, in the zone if one is named, that was not before: once for each track. */
record Appearing(ConditionSpec spec) implements Condition {
  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    for (Sighting sighting : now.inZone(spec.objects(), spec.zone())) {
      if (memory.get(sighting.track()) == null) {
        memory.put(sighting.track(), Cell.since(now.time(), sighting.object()));
        held.accept(
            new Held(
                sighting.track(),
                sighting.object(),
                now.time(),
                List.of(sighting.object()),
                sighting.label() + " appears" + spec.where()));
      }
    }
    now.tracked().ended().forEach(memory::remove);
  }

  @Override
  public boolean isMoment() {
    return true;
  }
}
