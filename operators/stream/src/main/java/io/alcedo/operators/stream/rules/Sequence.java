package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * After one thing has begun, another begins within a time. With {@code sameTrack} both must be of
 * the same object. What is true of both in one line is no sequence.
 */
final class Sequence implements Condition {
  private static final String ARMED = "armed";
  private static final String GOING = "going";

  private final ConditionSpec spec;
  private final Condition first;
  private final Condition then;

  Sequence(ConditionSpec spec) {
    this.spec = spec;
    this.first = Condition.of(spec.first());
    this.then = Condition.of(spec.then());
  }

  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    Memory armed = memory.under(ARMED);
    for (Held next : begun(then, "then", now, memory)) {
      Cell cell = armed.get(key(next));
      if (cell != null && !now.time().isBefore(cell.seen())) {
        boolean inTime = !now.hasLasted(cell.seen(), spec.within().plusNanos(1));
        armed.remove(key(next));
        if (inTime) {
          String opening = cell.opening() + " " + next.opening();
          held.accept(new Held(next.subject(), opening, cell.since(), next.objects(), next.text()));
        }
      }
    }
    for (Held before : begun(first, "first", now, memory)) {
      armed.put(key(before), Cell.since(now.time(), before.opening()));
    }
    for (String name : armed.names()) {
      if (now.hasLasted(armed.get(name).seen(), spec.within().plusNanos(1))) {
        armed.remove(name);
      }
    }
  }

  private String key(Held held) {
    return spec.sameTrack() ? held.subject() : "";
  }

  /** What a part holds for now and did not before. */
  private List<Held> begun(Condition part, String name, Observation now, Memory memory) {
    Memory going = memory.under(GOING).under(name);
    List<Held> all = new ArrayList<>();
    part.step(now, memory.under(name), all::add);
    if (part.isMoment()) {
      return all;
    }
    List<String> subjects = all.stream().map(Held::subject).toList();
    List<Held> begun = all.stream().filter(of -> going.get(of.subject()) == null).toList();
    going.names().stream().filter(of -> !subjects.contains(of)).forEach(going::remove);
    begun.forEach(of -> going.put(of.subject(), Cell.since(now.time(), null)));
    return begun;
  }

  @Override
  public boolean isMoment() {
    return true;
  }
}
