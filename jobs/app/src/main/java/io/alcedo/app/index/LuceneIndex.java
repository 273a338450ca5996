package io.alcedo.app.index;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.apache.lucene.store.FSDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The index of one machine: a folder with a folder for each version, each a Lucene index. */
public final class LuceneIndex implements VectorIndex {
  private static final Logger LOG = LoggerFactory.getLogger(LuceneIndex.class);

  private final Path directory;
  private final IndexSettings settings;
  private final LuceneShelf.Opener opener;
  private final ConcurrentNavigableMap<String, LuceneShelf> shelves = new ConcurrentSkipListMap<>();

  /**
   * Opens what is there as of its last commits. A version that is damaged is faulty, the others are
   * not.
   *
   * @param directory created if missing
   * @throws InvalidInputException if it cannot be a folder of this process
   */
  public static LuceneIndex open(Path directory, IndexSettings settings) {
    return open(directory, settings, FSDirectory::open);
  }

  static LuceneIndex open(Path directory, IndexSettings settings, LuceneShelf.Opener opener) {
    LuceneIndex index = new LuceneIndex(directory, settings, opener);
    try {
      Files.createDirectories(directory);
      try (Stream<Path> folders = Files.list(directory)) {
        folders
            .filter(VersionFile::isIn)
            .map(folder -> LuceneShelf.open(folder, settings, opener))
            .forEach(shelf -> index.shelves.put(shelf.name(), shelf));
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot hold an index (%s). Give a folder that can be written."
              .formatted(directory, e),
          e);
    }
    return index;
  }

  private LuceneIndex(Path directory, IndexSettings settings, LuceneShelf.Opener opener) {
    this.directory = directory;
    this.settings = settings;
    this.opener = opener;
  }

  @Override
  public synchronized void create(String version, int dimensions) {
    IndexVersion.require(version, dimensions);
    LuceneShelf there = shelves.get(version);
    if (there == null) {
      Path folder = directory.resolve(version);
      shelves.put(version, LuceneShelf.create(folder, dimensions, settings, opener));
    } else {
      IndexVersion.requireSame(version, there.dimensions(), dimensions);
    }
  }

  @Override
  public synchronized void drop(String version) {
    shelf(version).drop();
    shelves.remove(version);
  }

  @Override
  public List<IndexVersion> versions() {
    return shelves.values().stream().map(LuceneShelf::facts).toList();
  }

  @Override
  public void upsert(String version, List<VectorEntry> entries) {
    LuceneShelf shelf = shelf(version);
    UnitVectors.require(version, shelf.dimensions(), entries);
    shelf.write(open -> open.upsert(entries));
  }

  @Override
  public List<Hit> search(String version, float[] query, int hits, VectorFilter filter) {
    LuceneShelf shelf = shelf(version);
    UnitVectors.requireQuery(version, shelf.dimensions(), query, hits);
    return shelf.read(open -> open.search(query, hits, filter));
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
    return shelf(version).read(LuceneVersion::count);
  }

  @Override
  public void refresh() {
    for (LuceneShelf shelf : shelves.values()) {
      try {
        if (shelf.isSound()) {
          shelf.write(LuceneVersion::refresh);
        }
      } catch (IndexFaultException e) {
        LOG.error(e.getMessage(), e);
      }
    }
  }

  @Override
  public void commit(Offsets offsets) {
    IndexFaultException fault = null;
    for (LuceneShelf shelf : shelves.values()) {
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
    return shelf(version).read(LuceneVersion::committed);
  }

  @Override
  public void reopen(String version) {
    shelf(version).reopen();
  }

  /** Waits for the merges that run, for measures of what comes after. */
  public void awaitMerges(String version) {
    shelf(version).write(LuceneVersion::awaitMerges);
  }

  @Override
  public void close() {
    shelves.values().forEach(LuceneShelf::close);
    shelves.clear();
  }

  private LuceneShelf shelf(String version) {
    LuceneShelf shelf = shelves.get(version);
    if (shelf == null) {
      throw IndexVersion.unknown(version, shelves.keySet());
    }
    return shelf;
  }
}
