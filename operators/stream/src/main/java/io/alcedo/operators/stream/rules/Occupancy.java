package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.observe.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * On average over a sliding window of time, so many objects, or so few, are there. What a frame
 * shows holds until the next frame, for {@link Observation#KNOWN_FOR} at most. The window moves by
 * a twentieth of its length: it is the present twentieth, as far as it has come, and the nineteen
 * before.
 */
record Occupancy(ConditionSpec spec) implements Condition {
  private static final int PARTS = 20;
  private static final String LAST = "last";
  private static final String OPEN = "open";
  private static final String PART = "part";

  /** Share of nineteen parts that must have been seen. */
  private static final double ENOUGH = 0.9;

  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    List<Sighting> there = now.inZone(spec.objects(), spec.zone());
    if (now.shows()) {
      Memory parts = memory.under(PART);
      Cell last = memory.get(LAST);
      if (last != null) {
        add(parts, last, now.time());
      }
      memory.put(LAST, Cell.since(now.time(), null).at(there.size(), 0));
      forgetWhatIsPast(parts, number(now.time()));
      look(now, memory, parts);
    }
    Cell open = memory.get(OPEN);
    if (open != null) {
      held.accept(held(open, there.stream().map(Sighting::object).toList()));
    }
  }

  private long partMillis() {
    return spec.over().toMillis() / PARTS;
  }

  private long number(Instant time) {
    return Math.floorDiv(time.toEpochMilli(), partMillis());
  }

  /** Adds how many a frame showed to each part of the window in which that held. */
  private void add(Memory parts, Cell last, Instant now) {
    long from = last.seen().toEpochMilli();
    long to = Math.min(now.toEpochMilli(), from + Observation.KNOWN_FOR.toMillis());
    long first = Math.max(number(last.seen()), number(now) - PARTS + 1);
    for (long number = first; number * partMillis() < to; number++) {
      long begin = Math.max(from, number * partMillis());
      long end = Math.min(to, (number + 1) * partMillis());
      double millis = (double) (end - begin);
      add(parts, number, last.x() * millis, millis);
    }
  }

  private static void add(Memory parts, long number, double sum, double millis) {
    String name = String.valueOf(number);
    Cell cell = parts.get(name);
    double sumBefore = cell == null ? 0 : cell.x();
    double millisBefore = cell == null ? 0 : cell.y();
    parts.put(name, Cell.since(null, null).at(sumBefore + sum, millisBefore + millis));
  }

  private static void forgetWhatIsPast(Memory parts, long newest) {
    for (String name : parts.names()) {
      if (Long.parseLong(name) <= newest - PARTS) {
        parts.remove(name);
      }
    }
  }

  private void look(Observation now, Memory memory, Memory parts) {
    double sum = 0;
    double millis = 0;
    for (String name : parts.names()) {
      sum += parts.get(name).x();
      millis += parts.get(name).y();
    }
    boolean enough = millis > 0 && millis >= ENOUGH * (PARTS - 1) * partMillis();
    if (!enough || !spec.isWithinLimits(sum / millis)) {
      memory.remove(OPEN);
      return;
    }
    Cell open = memory.get(OPEN);
    open = open == null ? Cell.since(now.time(), now.line().frame().toString()) : open;
    memory.put(OPEN, open.at(sum / millis, 0));
  }

  private Held held(Cell open, List<String> objects) {
    String text =
        String.format(Locale.ROOT, "%.1f %s on average%s", open.x(), spec.things(), spec.where());
    return new Held("", open.opening(), open.since(), objects, text);
  }

  @Override
  public boolean isMoment() {
    return false;
  }
}
