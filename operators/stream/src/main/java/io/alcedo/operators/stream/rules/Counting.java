package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.observe.Sighting;
import java.util.List;
import java.util.function.Consumer;

/** So many objects, or so few, are there at once, for a time. */
record Counting(ConditionSpec spec) implements Condition {
  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    Cell cell = memory.get("");
    if (now.shows()) {
      List<Sighting> there = now.inZone(spec.objects(), spec.zone());
      if (!spec.isWithinLimits(there.size())) {
        memory.remove("");
        return;
      }
      List<String> objects = there.stream().map(Sighting::object).toList();
      String opening = objects.isEmpty() ? now.line().frame().toString() : objects.get(0);
      cell = cell == null ? Cell.since(now.time(), opening) : cell.seenAt(now.time());
      cell = cell.at(there.size(), 0);
      memory.put("", cell);
      if (now.hasLasted(cell.since(), spec.lasting())) {
        held.accept(held(cell, objects));
        memory.put("", cell.inPhase(1));
      }
    } else if (cell != null && cell.phase() == 1) {
      held.accept(held(cell, List.of())); // nothing says otherwise
    }
  }

  private Held held(Cell cell, List<String> objects) {
    String text = "%d %s%s".formatted((int) cell.x(), spec.things(), spec.where());
    return new Held("", cell.opening(), cell.since(), objects, text);
  }

  @Override
  public boolean isMoment() {
    return false;
  }
}
