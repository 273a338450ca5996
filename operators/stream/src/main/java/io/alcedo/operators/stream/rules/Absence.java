package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Nothing of the kind is there for a time. Frames that nobody looked at prove no absence, and
 * disprove none.
 */
record Absence(ConditionSpec spec) implements Condition {
  private static final int HELD = 1;

  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    if (now.shows()) {
      memory.put("", look(now, memory.get("")));
    }
    Cell cell = memory.get("");
    if (cell != null && cell.phase() == HELD) {
      double seconds = now.secondsSince(cell.since());
      String text =
          String.format(Locale.ROOT, "no %s%s for %.1f s", spec.thing(), spec.where(), seconds);
      held.accept(new Held("", cell.opening(), cell.since(), List.of(), text));
    }
  }

  private Cell look(Observation now, Cell before) {
    boolean isThere = !now.inZone(spec.objects(), spec.zone()).isEmpty();
    Cell cell =
        before == null || isThere ? Cell.since(now.time(), now.line().frame().toString()) : before;
    return !isThere && now.hasLasted(cell.since(), spec.lasting()) ? cell.inPhase(HELD) : cell;
  }

  @Override
  public boolean isMoment() {
    return false;
  }
}
