package io.alcedo.app.index;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index with a store for each version, which may fail while the others go on.
 *
 * @param <V> an open version
 */
abstract class ShelvedIndex<V extends OpenVersion> implements VectorIndex {
  private static final Logger LOG = LoggerFactory.getLogger(ShelvedIndex.class);

  private final ConcurrentNavigableMap<String, Shelf<V>> shelves = new ConcurrentSkipListMap<>();

  /**
   * Makes the store of a version that is not there, and opens it.
   *
   * @throws IndexFaultException if that fails
   */
  abstract Shelf<V> created(String version, int dimensions);

  /** Takes in a version that was found, sound or faulty. */
  final void add(Shelf<V> shelf) {
    shelves.put(shelf.name(), shelf);
  }

  final Shelf<V> shelf(String version) {
    Shelf<V> shelf = shelves.get(version);
    if (shelf == null) {
      throw IndexVersion.unknown(version, shelves.keySet());
    }
    return shelf;
  }

  @Override
  public synchronized void create(String version, int dimensions) {
    IndexVersion.require(version, dimensions);
    Shelf<V> shelf = shelves.computeIfAbsent(version, name -> created(name, dimensions));
    IndexVersion.requireSame(version, shelf.dimensions(), dimensions);
  }

  @Override
  public synchronized void drop(String version) {
    shelf(version).drop();
    shelves.remove(version);
  }

  @Override
  public List<IndexVersion> versions() {
    return shelves.values().stream().map(Shelf::facts).toList();
  }

  @Override
  public void upsert(String version, List<VectorEntry> entries) {
    Shelf<V> shelf = shelf(version);
    shelf.write(
        open -> {
          UnitVectors.require(version, shelf.dimensions(), entries);
          open.upsert(entries);
        });
  }

  @Override
  public List<Hit> search(String version, float[] query, int hits, VectorFilter filter) {
    Shelf<V> shelf = shelf(version);
    return shelf.read(
        open -> {
          UnitVectors.requireQuery(version, shelf.dimensions(), query, hits);
          return open.search(query, hits, filter);
        });
  }

  @Override
  public List<VectorEntry> newest(String version, VectorFilter filter, int count) {
    UnitVectors.requireCount(version, count);
    return shelf(version).read(open -> open.newest(filter, count));
  }

  @Override
  public List<VectorEntry> entries(String version, Collection<String> ids) {
    Map<String, VectorEntry> there = shelf(version).read(open -> open.entries(ids));
    return ids.stream().map(there::get).filter(Objects::nonNull).toList();
  }

  @Override
  public Set<String> known(String version, Collection<String> ids) {
    return shelf(version).read(open -> open.known(ids));
  }

  @Override
  public void delete(String version, Collection<String> ids) {
    shelf(version).write(open -> open.delete(ids));
  }

  @Override
  public void deleteCamera(String version, String camera) {
    shelf(version).write(open -> open.deleteCamera(camera));
  }

  @Override
  public void deleteBefore(String version, Instant time) {
    shelf(version).write(open -> open.deleteBefore(time));
  }

  @Override
  public long count(String version) {
    return shelf(version).read(OpenVersion::count);
  }

  @Override
  public void refresh() {
    for (Shelf<V> shelf : shelves.values()) {
      try {
        if (shelf.isSound()) {
          shelf.write(OpenVersion::refresh);
        }
      } catch (IndexFaultException e) {
        LOG.error(e.getMessage(), e);
      }
    }
  }

  @Override
  public void commit(Offsets offsets) {
    IndexFaultException fault = null;
    for (Shelf<V> shelf : shelves.values()) {
      try {
        shelf.write(open -> open.commit(offsets));
      } catch (IndexFaultException e) {
        fault = e;
      }
    }
    if (fault != null) {
      throw fault;
    }
  }

  @Override
  public Offsets offsets(String version) {
    return shelf(version).read(OpenVersion::committed);
  }

  @Override
  public void reopen(String version) {
    shelf(version).reopen();
  }

  @Override
  public void close() {
    shelves.values().forEach(Shelf::close);
    shelves.clear();
  }
}
