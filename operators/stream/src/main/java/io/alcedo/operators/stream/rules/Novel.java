package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.Attribute;
import io.alcedo.connectors.event.Novelty;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.observe.Sighting;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** An object that is like nobody whom its camera saw before. Over lines of {@link Novelty}. */
record Novel(ConditionSpec spec) implements Condition {
  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    for (Sighting sighting : now.inZone(spec.objects(), spec.zone())) {
      double novelty = novelty(now, sighting);
      if (novelty > spec.above()) {
        held.accept(
            new Held(
                sighting.track(),
                sighting.object(),
                now.time(),
                List.of(sighting.object()),
                String.format(
                    Locale.ROOT,
                    "%s never seen here before%s (novelty %.2f)",
                    sighting.label(),
                    spec.where(),
                    novelty)));
      }
    }
  }

  private static double novelty(Observation now, Sighting sighting) {
    return now.tracked().objects().stream()
        .filter(tracked -> tracked.object().id().equals(sighting.object()))
        .flatMap(tracked -> tracked.object().attributes().stream())
        .filter(attribute -> attribute.name().equals(Novelty.ATTRIBUTE))
        .mapToDouble(Attribute::score)
        .max()
        .orElse(0);
  }

  @Override
  public boolean isMoment() {
    return true;
  }
}
