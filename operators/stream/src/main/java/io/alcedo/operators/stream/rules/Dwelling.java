package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.observe.Sighting;
import io.alcedo.operators.stream.observe.Stays;
import io.alcedo.operators.stream.observe.Stays.Stay;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Somebody is in a zone for a time. It begins to hold at a frame that shows them, and holds until
 * they have left.
 */
record Dwelling(ConditionSpec spec) implements Condition {
  private static final int HELD = 1;

  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    for (Stay stay :
        Stays.step(spec.objects(), spec.zone(), spec.tolerance(), now, memory).going()) {
      Cell cell = stay.cell();
      boolean begins = stay.sighting() != null && now.hasLasted(cell.since(), spec.lasting());
      if (cell.phase() == HELD || begins) {
        memory.put(stay.track(), cell.inPhase(HELD));
        held.accept(held(now, stay));
      }
    }
  }

  private Held held(Observation now, Stay stay) {
    Sighting sighting = stay.sighting();
    String who = sighting == null ? "somebody" : sighting.label();
    double seconds = now.secondsSince(stay.cell().since());
    return new Held(
        stay.track(),
        stay.cell().opening(),
        stay.cell().since(),
        sighting == null ? List.of() : List.of(sighting.object()),
        String.format(Locale.ROOT, "%s in %s for %.1f s", who, spec.zone(), seconds));
  }

  @Override
  public boolean isMoment() {
    return false;
  }
}
