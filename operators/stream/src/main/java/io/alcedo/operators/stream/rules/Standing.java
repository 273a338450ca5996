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
 * it: it was left behind. Its place is where it was first seen, or where it was when it had moved
 * too far from the place before, or somebody was near. Distances are metres where the scene has a
 * ground, else heights of the object. While it is hidden nothing changes.
 */
record Standing(ConditionSpec spec) implements Condition {
  private static final int HELD = 1;

  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    Memory things = memory.under("thing");
    Memory owners = memory.under("owner");
    if (spec.unattended() != null) {
      remember(owners, now);
    }
    for (Sighting sighting : now.of(spec.objects())) {
      if (!now.isInZone(spec.zone(), sighting)) {
        things.remove(sighting.track());
        continue;
      }
      Cell cell = things.get(sighting.track());
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
      things.put(sighting.track(), cell);
    }
    now.tracked().ended().forEach(things::remove);
    for (String track : things.names()) {
      Cell cell = things.get(track);
      if (cell.phase() == HELD) {
        held.accept(held(now, track, cell));
      }
    }
  }

  /** Who is hidden is where they were, until their track ends. */
  private void remember(Memory owners, Observation now) {
    for (Sighting owner : now.of(spec.owners())) {
      owners.put(owner.track(), now.placed(Cell.since(now.time(), owner.object()), owner));
    }
    now.tracked().ended().forEach(owners::remove);
  }

  private boolean isAttended(Observation now, Sighting thing, Memory owners) {
    for (String owner : owners.names()) {
      if (!owner.equals(thing.track())
          && now.distance(thing, owners.get(owner)) <= spec.unattended().distance()) {
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
