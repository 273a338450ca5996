package io.alcedo.app.search;

import io.alcedo.app.index.Hit;
import io.alcedo.app.index.IndexFaultException;
import io.alcedo.app.index.LiveIndex;
import io.alcedo.app.index.VectorEntry;
import io.alcedo.app.index.VectorFilter;
import io.alcedo.app.index.VectorIndex;
import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Finds crops that look alike. A query's vector is one of the version in which it is searched, or
 * made by its encoder; the version is chosen once for each search. Safe for several threads.
 *
 * <p>Every search throws {@link InvalidInputException} if what it asks for is not there or is no
 * picture, and {@link IndexFaultException} if the index fails or is empty yet.
 */
public final class CropSearch implements AutoCloseable {
  private final LiveIndex live;
  private final QueryCutter cutter;

  /**
   * Prepares.
   *
   * @param live stays open when this closes
   * @param detector directory of the model that finds a picture's main object, opened when it is
   *     first needed
   */
  public CropSearch(LiveIndex live, Path detector) {
    this.live = live;
    this.cutter = new QueryCutter(detector);
  }

  /**
   * A search.
   *
   * @param vector of length 1
   * @param own id of the hit that is what was asked for itself; null if none is
   */
  private record Query(Subject subject, float[] vector, String own) {}

  /**
   * By a picture.
   *
   * @param picture JPEG or PNG
   * @param whole look for the picture as it is, not for its main object
   */
  public SearchAnswer byPicture(byte[] picture, boolean whole, SearchOptions options) {
    QueryCutter.Cut cut =
        whole ? cutter.whole(picture) : cutter.mainObject(picture, options.filter().labels());
    return answer(
        options,
        version ->
            new Query(
                Subject.ofPicture(cut.main()),
                live.embed(version, List.of(cut.png())).get(0),
                null));
  }

  /** By a crop that is in the index; its own is not among the hits, unless that is wanted. */
  public SearchAnswer byCrop(String id, SearchOptions options) {
    return answer(options, version -> ofCrop(version, id));
  }

  /** By the mean of a track's vectors; they are not among the hits, unless that is wanted. */
  public SearchAnswer byTrack(String id, SearchOptions options) {
    return answer(options.own() ? options : options.without(id), version -> ofTrack(version, id));
  }

  private SearchAnswer answer(SearchOptions options, Function<String, Query> ask) {
    if (options.version() != null) {
      return answer(options.version(), options, ask);
    }
    String version = serving();
    try {
      return answer(version, options, ask);
    } catch (InvalidInputException e) {
      String now = serving();
      if (now.equals(version)) {
        throw e;
      }
      // A change of encoder was completed meanwhile, and the version is gone.
      return answer(now, options, ask);
    }
  }

  private SearchAnswer answer(String version, SearchOptions options, Function<String, Query> ask) {
    Query query = ask.apply(version);
    int wanted = Math.min(VectorIndex.MAX_HITS, options.top() + 1); // its own may be among them
    List<Hit> hits =
        live.vectors().search(version, query.vector(), wanted, options.filter()).stream()
            .filter(hit -> options.own() || !hit.facts().id().equals(query.own()))
            .limit(options.top())
            .toList();
    return new SearchAnswer(version, query.subject(), hits);
  }

  private String serving() {
    String version = live.serving();
    if (version == null) {
      throw new IndexFaultException(
          "the index serves no version yet: no vectors have come. Ask again when they have.", null);
    }
    return version;
  }

  private Query ofCrop(String version, String id) {
    List<VectorEntry> entries = live.vectors().entries(version, List.of(id));
    if (entries.isEmpty()) {
      throw new InvalidInputException(
          "index %s has no crop '%s'. Ids are those of hits and of embeddings.jsonl."
              .formatted(version, id));
    }
    return new Query(Subject.ofCrop(id), entries.get(0).vector(), id);
  }

  private Query ofTrack(String version, String id) {
    List<VectorEntry> entries =
        live.vectors().newest(version, VectorFilter.ALL.ofTrack(id), VectorIndex.MAX_NEWEST);
    if (entries.isEmpty()) {
      throw new InvalidInputException(
          "index %s has no track '%s'. Tracks are those of hits and of embeddings.jsonl."
              .formatted(version, id));
    }
    return new Query(
        Subject.ofTrack(id, entries.get(0).facts().id(), entries.size()),
        MeanVector.of(entries),
        null);
  }

  @Override
  public void close() {
    cutter.close();
  }
}
