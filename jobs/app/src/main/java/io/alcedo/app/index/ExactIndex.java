package io.alcedo.app.index;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Compares with every vector, in memory: what others are measured against, and enough for some
 * thousands. Keeps nothing beyond its own life.
 */
public final class ExactIndex implements VectorIndex {
  private static final Comparator<Hit> BEST_FIRST =
      Comparator.comparingDouble(Hit::score).reversed().thenComparing(hit -> hit.facts().id());

  private record Shelf(int dimensions, Map<String, VectorEntry> entries) {}

  private final Map<String, Shelf> shelves = new ConcurrentSkipListMap<>();
  private final Map<String, Offsets> offsets = new ConcurrentHashMap<>();

  @Override
  public void create(String version, int dimensions) {
    IndexVersion.require(version, dimensions);
    Shelf shelf =
        shelves.computeIfAbsent(version, name -> new Shelf(dimensions, new ConcurrentHashMap<>()));
    IndexVersion.requireSame(version, shelf.dimensions, dimensions);
  }

  @Override
  public void drop(String version) {
    shelf(version);
    shelves.remove(version);
    offsets.remove(version);
  }

  @Override
  public List<IndexVersion> versions() {
    return shelves.entrySet().stream()
        .map(
            entry ->
                new IndexVersion(
                    entry.getKey(),
                    entry.getValue().dimensions,
                    entry.getValue().entries.size(),
                    null,
                    false))
        .toList();
  }

  @Override
  public void upsert(String version, List<VectorEntry> entries) {
    Shelf shelf = shelf(version);
    UnitVectors.require(version, shelf.dimensions, entries);
    entries.forEach(entry -> shelf.entries.put(entry.facts().id(), entry));
  }

  @Override
  public List<Hit> search(String version, float[] query, int hits, VectorFilter filter) {
    Shelf shelf = shelf(version);
    UnitVectors.requireQuery(version, shelf.dimensions, query, hits);
    return shelf.entries.values().stream()
        .filter(entry -> filter.accepts(entry.facts()))
        .map(entry -> new Hit(entry.facts(), dot(query, entry.vector())))
        .sorted(BEST_FIRST)
        .limit(hits)
        .toList();
  }

  private static float dot(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += (double) left[i] * right[i];
    }
    return (float) sum;
  }

  @Override
  public List<VectorEntry> newest(String version, VectorFilter filter, int count) {
    UnitVectors.requireCount(version, count);
    return shelf(version).entries.values().stream()
        .filter(entry -> filter.accepts(entry.facts()))
        .sorted(VectorEntry.NEWEST_FIRST)
        .limit(count)
        .toList();
  }

  @Override
  public List<VectorEntry> entries(String version, Collection<String> ids) {
    Shelf shelf = shelf(version);
    return ids.stream().map(shelf.entries::get).filter(Objects::nonNull).toList();
  }

  @Override
  public Set<String> known(String version, Collection<String> ids) {
    Set<String> known = new HashSet<>(ids);
    known.retainAll(shelf(version).entries.keySet());
    return known;
  }

  @Override
  public void delete(String version, Collection<String> ids) {
    shelf(version).entries.keySet().removeAll(List.copyOf(ids));
  }

  @Override
  public void deleteCamera(String version, String camera) {
    shelf(version).entries.values().removeIf(entry -> entry.facts().camera().equals(camera));
  }

  @Override
  public void deleteBefore(String version, Instant time) {
    shelf(version).entries.values().removeIf(entry -> entry.facts().captureTime().isBefore(time));
  }

  @Override
  public long count(String version) {
    return shelf(version).entries.size();
  }

  @Override
  public void refresh() {
    // What is written is found at once.
  }

  @Override
  public void commit(Offsets read) {
    shelves
        .keySet()
        .forEach(version -> offsets.merge(version, read, (had, now) -> now.furthest(had)));
  }

  @Override
  public Offsets offsets(String version) {
    shelf(version);
    return offsets.getOrDefault(version, Offsets.NONE);
  }

  @Override
  public void reopen(String version) {
    shelf(version);
  }

  @Override
  public void close() {
    shelves.clear();
  }

  private Shelf shelf(String version) {
    Shelf shelf = shelves.get(version);
    if (shelf == null) {
      throw IndexVersion.unknown(version, shelves.keySet());
    }
    return shelf;
  }
}
