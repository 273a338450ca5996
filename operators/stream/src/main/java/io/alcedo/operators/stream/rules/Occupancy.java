package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import io.alcedo.operators.stream.observe.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * On average over a sliding window of time, so many objects, or so few, are there. What a frame
 * shows holds until the next frame. The window moves by a twentieth of its length.
 */
record Occupancy(ConditionSpec spec) implements Condition {
  private static final int PARTS = 20;
  private static final String LAST = "last";
  private static final String OPEN = "open";
  private static final String PART = "part/";

  /** Share of the window that must have been seen. */
  private static final double ENOUGH = 0.9;

  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    if (!now.shows()) {
      return;
    }
    int count = now.inZone(spec.objects(), spec.zone()).size();
    Duration part = spec.over().dividedBy(PARTS);
    Cell last = memory.get(LAST);
    if (last != null) {
      double seconds = Math.min(now.secondsSince(last.seen()), part.toNanos() / 1e9);
      add(memory, number(now.time(), part), last.x() * Math.max(0, seconds), Math.max(0, seconds));
    }
    memory.put(LAST, Cell.since(now.time(), null).at(count, 0));
    hold(now, memory, part, held);
  }

  private static long number(Instant time, Duration part) {
    return Math.floorDiv(time.toEpochMilli(), Math.max(1, part.toMillis()));
  }

  private static void add(Memory memory, long number, double sum, double seconds) {
    String name = PART + number;
    Cell cell = memory.get(name);
    memory.put(
        name,
        cell == null
            ? Cell.since(null, null).at(sum, seconds)
            : cell.at(cell.x() + sum, cell.y() + seconds));
  }

  private void hold(Observation now, Memory memory, Duration part, Consumer<Held> held) {
    long newest = number(now.time(), part);
    Memory parts = memory.under("part");
    double sum = 0;
    double seconds = 0;
    for (String name : parts.names()) {
      long number = Long.parseLong(name);
      if (number <= newest - PARTS || number > newest) {
        parts.remove(name);
      } else {
        sum += parts.get(name).x();
        seconds += parts.get(name).y();
      }
    }
    boolean enough = seconds >= ENOUGH * spec.over().toNanos() / 1e9 * (PARTS - 1) / PARTS;
    double mean = seconds > 0 ? sum / seconds : 0;
    if (!enough || !spec.isWithinLimits(mean)) {
      memory.remove(OPEN);
      return;
    }
    Cell open = memory.get(OPEN);
    if (open == null) {
      open = Cell.since(now.time(), now.line().frame().toString());
      memory.put(OPEN, open);
    }
    String text =
        String.format(Locale.ROOT, "%.1f %s on average%s", mean, spec.things(), spec.where());
    List<String> objects =
        now.inZone(spec.objects(), spec.zone()).stream().map(Sighting::object).toList();
    held.accept(new Held("", open.opening(), open.since(), objects, text));
  }

  @Override
  public boolean isMoment() {
    return false;
  }
}
