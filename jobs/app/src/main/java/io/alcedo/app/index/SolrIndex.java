package io.alcedo.app.index;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of many machines: a SolrCloud with a collection for each version, in shards and copies.
 *
 * <p>Where it differs from the index of one machine: what was written and not committed is not
 * forgotten, neither by {@link #close} nor by a crash. A batch of which a part could not be written
 * may be there in part, until it is written again. Both are harmless to who reads on from {@link
 * #offsets}, as ids are written over. A deletion that failed may have been made.
 */
public final class SolrIndex implements VectorIndex {
  private static final Logger LOG = LoggerFactory.getLogger(SolrIndex.class);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final SolrCloud cloud;
  private final ConcurrentNavigableMap<String, SolrShelf> shelves = new ConcurrentSkipListMap<>();

  /**
   * Opens what is there. A version with a shard that nobody serves is faulty, the others are not.
   *
   * @param settings connections and beam width count for new versions
   * @throws InvalidInputException if no SolrCloud answers there, or it is to quantize
   */
  public static SolrIndex open(SolrSettings solr, IndexSettings settings) {
    if (settings.quantize()) {
      throw new InvalidInputException(
          "Solr 9 searches over float32 only: leave quantize out, or use the index of one machine");
    }
    SolrCloud cloud = new SolrCloud(solr, settings);
    SolrIndex index = new SolrIndex(cloud);
    try {
      for (String version : cloud.versions()) {
        SolrShelf shelf = SolrShelf.open(cloud, version);
        if (shelf != null) {
          index.shelves.put(version, shelf);
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "no SolrCloud answers at %s: %s. Start one, or correct the addresses."
              .formatted(cloud.place(), e.getMessage()),
          e);
    }
    return index;
  }

  private SolrIndex(SolrCloud cloud) {
    this.cloud = cloud;
  }

  @Override
  public synchronized void create(String version, int dimensions) {
    IndexVersion.require(version, dimensions);
    SolrShelf shelf =
        shelves.computeIfAbsent(version, name -> SolrShelf.create(cloud, name, dimensions));
    IndexVersion.requireSame(version, shelf.dimensions(), dimensions);
  }

  @Override
  public synchronized void drop(String version) {
    shelf(version).drop();
    shelves.remove(version);
  }

  @Override
  public List<IndexVersion> versions() {
    return shelves.values().stream().map(SolrShelf::facts).toList();
  }

  @Override
  public void upsert(String version, List<VectorEntry> entries) {
    SolrShelf shelf = shelf(version);
    shelf.write(
        open -> {
          UnitVectors.require(version, open.dimensions(), entries);
          open.upsert(entries);
        });
  }

  @Override
  public List<Hit> search(String version, float[] query, int hits, VectorFilter filter) {
    return shelf(version)
        .read(
            open -> {
              UnitVectors.requireQuery(version, open.dimensions(), query, hits);
              return open.search(query, hits, filter);
            });
  }

  @Override
  public List<VectorEntry> newest(String version, VectorFilter filter, int count) {
    UnitVectors.requireCount(version, count);
    return shelf(version).read(open -> open.newest(filter, count));
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
    return shelf(version).read(SolrCollection::count);
  }

  @Override
  public void refresh() {
    for (SolrShelf shelf : shelves.values()) {
      try {
        if (shelf.isSound()) {
          shelf.write(SolrCollection::refresh);
        }
      } catch (IndexFaultException e) {
        LOG.error(e.getMessage(), e);
      }
    }
  }

  @Override
  public void commit(Offsets offsets) {
    IndexFaultException fault = null;
    for (SolrShelf shelf : shelves.values()) {
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
    return shelf(version).read(SolrCollection::committed);
  }

  @Override
  public void reopen(String version) {
    shelf(version).reopen();
  }

  /** Waits for the merges that run, for measures of what comes after. */
  public void awaitMerges() throws IOException {
    while (cloud.merges() > 0) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** Bytes on the disks, one copy of each shard. */
  public long bytes(String version) throws IOException {
    return cloud.bytes(version);
  }

  /** Leaves everything to Solr. */
  @Override
  public void close() {
    shelves.clear();
  }

  private SolrShelf shelf(String version) {
    SolrShelf shelf = shelves.get(version);
    if (shelf == null) {
      throw IndexVersion.unknown(version, shelves.keySet());
    }
    return shelf;
  }
}
