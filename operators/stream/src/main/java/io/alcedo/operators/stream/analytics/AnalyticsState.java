package io.alcedo.operators.stream.analytics;

import io.alcedo.operators.stream.observe.Cell;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where the sums of one camera stand.
 *
 * @param v version of this layout, {@link #VERSION}
 * @param time event time of the line that was taken last, null before the first
 * @param cells who is where, by name
 * @param panes spans of time of which windows are made up, the oldest first
 */
public record AnalyticsState(int v, Instant time, Map<String, Cell> cells, List<Pane> panes) {
  public static final int VERSION = 2;
  public static final AnalyticsState START = new AnalyticsState(VERSION, null, Map.of(), List.of());

  /**
   * A span of time.
   *
   * @param start ms since 1970
   * @param tallies by zone and label
   */
  public record Pane(long start, Map<String, Tally> tallies) {
    public Pane {
      tallies = Map.copyOf(tallies);
    }
  }

  public AnalyticsState {
    cells = Map.copyOf(cells);
    panes = List.copyOf(panes);
  }

  /**
   * Checks a restored state.
   *
   * @throws IllegalStateException if another version of Alcedo wrote it
   */
  public AnalyticsState requireKnownVersion() {
    if (v != VERSION) {
      throw new IllegalStateException(
          "state of the analytics has version %d, this Alcedo reads version %d: restore it with the Alcedo that wrote it, or start without it"
              .formatted(v, VERSION));
    }
    return this;
  }
}
