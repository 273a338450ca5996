package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Several conditions hold at once; with {@code sameTrack} of the same object. */
final class AllOf implements Condition {
  private final ConditionSpec spec;
  private final List<Condition> parts;

  AllOf(ConditionSpec spec) {
    this.spec = spec;
    this.parts = spec.of().stream().map(Condition::of).toList();
  }

  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    Map<String, List<Held>> bySubject = new LinkedHashMap<>();
    Map<String, Set<Integer>> holding = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      int part = i;
      parts
          .get(i)
          .step(
              now,
              memory.under(String.valueOf(i)),
              of -> {
                String key = spec.sameTrack() ? of.subject() : "";
                bySubject.computeIfAbsent(key, unused -> new ArrayList<>()).add(of);
                holding.computeIfAbsent(key, unused -> new LinkedHashSet<>()).add(part);
              });
    }
    holding.forEach(
        (key, ofParts) -> {
          if (ofParts.size() == parts.size()) {
            held.accept(together(key, bySubject.get(key)));
          }
        });
  }

  /** It began when the last of them did, and is another one as soon as one of them is. */
  private static Held together(String subject, List<Held> all) {
    Instant since = all.get(0).since();
    Set<String> openings = new LinkedHashSet<>();
    Set<String> objects = new LinkedHashSet<>();
    Set<String> texts = new LinkedHashSet<>();
    for (Held one : all) {
      since = one.since().isAfter(since) ? one.since() : since;
      openings.add(one.opening());
      objects.addAll(one.objects());
      texts.add(one.text());
    }
    return new Held(
        subject,
        String.join(" ", openings),
        since,
        List.copyOf(objects),
        String.join(", and ", texts));
  }

  @Override
  public boolean isMoment() {
    return parts.stream().anyMatch(Condition::isMoment);
  }
}
