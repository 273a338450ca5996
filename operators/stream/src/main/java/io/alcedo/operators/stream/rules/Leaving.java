package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.observe.Stays;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Somebody who was in a zone is seen outside it, or their track is over. */
record Leaving(ConditionSpec spec) implements Condition {
  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    for (Stays.Stay stay :
        Stays.step(spec.objects(), spec.zone(), spec.tolerance(), now, memory).over()) {
      List<String> objects =
          stay.sighting() == null ? List.of() : List.of(stay.sighting().object());
      Cell cell = stay.cell();
      double seconds = Duration.between(cell.since(), cell.seen()).toNanos() / 1e9;
      held.accept(
          new Held(
              stay.track(),
              cell.opening(),
              cell.since(),
              objects,
              String.format(Locale.ROOT, "leaves %s after %.1f s", spec.zone(), seconds)));
    }
  }

  @Override
  public boolean isMoment() {
    return true;
  }
}
