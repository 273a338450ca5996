package io.alcedo.app.index;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** All that a version has when it begins, page by page, the newest first. */
final class NewestFirst implements Past {
  private final VectorIndex index;
  private final String version;
  private final VectorFilter filter;
  private Instant before;
  private boolean over;

  NewestFirst(VectorIndex index, String version, VectorFilter filter) {
    this.index = index;
    this.version = version;
    this.filter = filter;
    this.before = filter.to();
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public List<VectorFacts> nextFacts(int count) {
    return next(count).stream().map(VectorEntry::facts).toList();
  }

  /** The next page; empty when all were given. */
  List<VectorEntry> next(int count) {
    if (over) {
      return List.of();
    }
    List<VectorEntry> page = index.newest(version, filter.between(filter.from(), before), count);
    if (page.size() < count) {
      over = true;
      return page;
    }
    // Others of its last time may be on the next page: they are given together.
    Instant last = page.get(page.size() - 1).facts().captureTime();
    List<VectorEntry> later =
        page.stream().filter(entry -> entry.facts().captureTime().isAfter(last)).toList();
    if (!later.isEmpty()) {
      before = last.plus(1, ChronoUnit.MICROS);
      return later;
    }
    if (count < VectorIndex.MAX_NEWEST) {
      return next(Math.min(2 * count, VectorIndex.MAX_NEWEST));
    }
    before = last;
    return page;
  }
}
