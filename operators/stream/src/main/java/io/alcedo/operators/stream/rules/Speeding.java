package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.observe.Sighting;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Something moves faster than a limit, from one end of a span of time to the other, as the crow
 * flies. The first span begins where it is first seen; each ends with the first frame that is so
 * much later, and there the next begins. Metres a second where the scene has a ground, else heights
 * of the object a second.
 */
record Speeding(ConditionSpec spec) implements Condition {
  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    Memory places = memory.under("place");
    Memory fast = memory.under("fast");
    for (Sighting sighting : now.of(spec.objects())) {
      if (!now.isInZone(spec.zone(), sighting)) {
        places.remove(sighting.track());
        fast.remove(sighting.track());
        continue;
      }
      Cell from = places.get(sighting.track());
      if (from != null && !now.hasLasted(from.since(), spec.over())) {
        continue;
      }
      places.put(sighting.track(), now.placed(Cell.since(now.time(), sighting.object()), sighting));
      double speed = from == null ? 0 : speed(now, sighting, from);
      if (speed <= spec.above()) {
        fast.remove(sighting.track());
      } else {
        Cell cell = fast.get(sighting.track());
        fast.put(
            sighting.track(),
            (cell == null ? Cell.since(from.since(), sighting.object()) : cell).at(speed, 0));
      }
    }
    for (String track : now.tracked().ended()) {
      places.remove(track);
      fast.remove(track);
    }
    for (String track : fast.names()) {
      held.accept(held(now, track, fast.get(track)));
    }
  }

  private static double speed(Observation now, Sighting sighting, Cell from) {
    return now.distance(sighting, from) / now.secondsSince(from.since());
  }

  private Held held(Observation now, String track, Cell cell) {
    List<String> objects =
        now.of(spec.objects()).stream()
            .filter(sighting -> sighting.track().equals(track))
            .map(Sighting::object)
            .toList();
    String unit = now.unit() + "/s";
    String text =
        String.format(Locale.ROOT, "%s at %.1f %s%s", spec.thing(), cell.x(), unit, spec.where());
    return new Held(track, cell.opening(), cell.since(), objects, text);
  }

  @Override
  public boolean isMoment() {
    return false;
  }
}
