package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Nothing of the kind is there for a time. Frames that nobody looked at prove no absence. */
record Absence(ConditionSpec spec) implements Condition {
  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    if (!now.shows()) {
      return;
    }
    Cell cell = memory.get("");
    boolean isThere = !now.inZone(spec.objects(), spec.zone()).isEmpty();
    if (cell == null || isThere) {
      cell = Cell.since(now.time(), now.line().frame().toString());
      memory.put("", cell);
    }
    if (!isThere && now.hasLasted(cell.since(), spec.lasting())) {
      double seconds = now.secondsSince(cell.since());
      String text =
          String.format(Locale.ROOT, "no %s%s for %.1f s", spec.thing(), spec.where(), seconds);
      held.accept(new Held("", cell.opening(), cell.since(), List.of(), text));
    }
  }

  @Override
  public boolean isMoment() {
    return false;
  }
}
