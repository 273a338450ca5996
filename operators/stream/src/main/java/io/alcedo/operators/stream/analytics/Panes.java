package io.alcedo.operators.stream.analytics;

import io.alcedo.operators.stream.analytics.AnalyticsState.Pane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The spans of time of which one camera's windows are made up. For one thread. */
final class Panes {
  private final long length;
  private final TreeMap<Long, Map<String, Tally>> byStart = new TreeMap<>();

  /**
   * As they stand.
   *
   * @param length of each, ms
   */
  Panes(long length, List<Pane> panes) {
    this.length = length;
    panes.forEach(pane -> byStart.put(pane.start(), new HashMap<>(pane.tallies())));
  }

  void add(Instant time, String key, Tally tally) {
    byStart.computeIfAbsent(start(time), unused -> new HashMap<>()).merge(key, tally, Tally::with);
  }

  /** When the pane of a time is over. */
  Instant endOf(Instant time) {
    return Instant.ofEpochMilli(start(time) + length);
  }

  private long start(Instant time) {
    return Math.floorDiv(time.toEpochMilli(), length) * length;
  }

  /** As if no speed was known. */
  void forgetSpeeds() {
    byStart.values().forEach(pane -> pane.replaceAll((key, tally) -> tally.withoutSpeeds()));
  }

  /** Forgets those that are no part of a window which goes on at this time. */
  void forgetBefore(Instant time, long longestWindow) {
    byStart.headMap(time.toEpochMilli() - longestWindow - length).clear();
  }

  /**
   * Sums from one time to another, by zone and label in their order.
   *
   * @param start ms since 1970, where a pane begins
   * @param end ms since 1970, where one ends
   */
  Map<String, Tally> sums(long start, long end) {
    Map<String, Tally> sums = new TreeMap<>();
    byStart
        .subMap(start, end)
        .values()
        .forEach(pane -> pane.forEach((key, tally) -> sums.merge(key, tally, Tally::with)));
    return sums;
  }

  /** All of them, the oldest first. */
  List<Pane> all() {
    List<Pane> panes = new ArrayList<>();
    byStart.forEach((start, tallies) -> panes.add(new Pane(start, tallies)));
    return panes;
  }
}
