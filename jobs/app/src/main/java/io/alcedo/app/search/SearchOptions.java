package io.alcedo.app.search;

import io.alcedo.app.index.VectorFilter;
import io.alcedo.app.index.VectorIndex;
import io.alcedo.connectors.InvalidInputException;

/**
 * What a search looks at, and what it gives.
 *
 * @param filter which vectors it looks at; its labels are also those of the main object
 * @param top most hits, 1 to {@link VectorIndex#MAX_HITS}
 * @param own whether the crop or the track that is asked for is among its own hits
 * @param version of the index; null = the one that serves
 */
public record SearchOptions(VectorFilter filter, int top, boolean own, String version) {
  public SearchOptions {
    if (top < 1 || top > VectorIndex.MAX_HITS) {
      throw new InvalidInputException(
          "top is %d, expected 1 to %d".formatted(top, VectorIndex.MAX_HITS));
    }
    if (filter.from() != null && filter.to() != null && !filter.from().isBefore(filter.to())) {
      throw new InvalidInputException(
          "since %s is not before until %s: no time is left".formatted(filter.from(), filter.to()));
    }
  }

  /** The same without a track. */
  SearchOptions without(String track) {
    return new SearchOptions(filter.notOfTrack(track), top, own, version);
  }

  /** The most similar of everything. */
  public static SearchOptions top(int top) {
    return new SearchOptions(VectorFilter.ALL, top, false, null);
  }
}
