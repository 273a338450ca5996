package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.observe.Sighting;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Something does not move from its place for a time; with {@code unattended}, and nobody is near
 * it: it was left behind. Distances are metres where the scene has a ground, else heights of the
 * object.
 */
record Standing(ConditionSpec spec) implements Condition {
  private static final int HELD = 1;

  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    List<Sighting> owners = spec.unattended() == null ? List.of() : now.of(spec.owners());
    for (Sighting sighting : now.inZone(spec.objects(), spec.zone())) {
      Cell cell = memory.get(sighting.track());
      boolean rests =
          cell != null
              && now.distance(sighting, cell) <= spec.distance()
              && !isAttended(now, sighting, owners);
      cell =
          rests
              ? cell.seenAt(now.time())
              : now.placed(Cell.since(now.time(), sighting.object()), sighting);
      if (now.hasLasted(cell.since(), spec.lasting())) {
        cell = cell.inPhase(HELD);
      }
      memory.put(sighting.track(), cell);
    }
    now.tracked().ended().forEach(memory::remove);
    for (String track : memory.names()) {
      Cell cell = memory.get(track);
      if (cell.phase() == HELD) {
        held.accept(held(now, track, cell));
      }
    }
  }

  private boolean isAttended(Observation now, Sighting thing, List<Sighting> owners) {
    for (Sighting owner : owners) {
      if (!owner.track().equals(thing.track())
          && now.distance(thing, owner.x(), owner.y()) <= spec.unattended().distance()) {
        return true;
      }
    }
    return false;
  }

  private Held held(Observation now, String track, Cell cell) {
    List<String> objects =
        now.of(spec.objects()).stream()
            .filter(sighting -> sighting.track().equals(track))
            .map(Sighting::object)
            .toList();
    String text =
        String.format(
            Locale.ROOT,
            "%s %s%s for %.1f s",
            spec.thing(),
            spec.unattended() == null ? "does not move" : "left behind",
            spec.where(),
            now.secondsSince(cell.since()));
    return new Held(track, cell.opening(), cell.since(), objects, text);
  }

  @Override
  public boolean isMoment() {
    return false;
  }
}
