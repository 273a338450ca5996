package io.alcedo.app.index;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.lucene.store.FSDirectory;

/** The index of one machine: a folder with a folder for each version, each a Lucene index. */
public final class LuceneIndex extends ShelvedIndex<LuceneVersion> {
  private final Path directory;
  private final IndexSettings settings;
  private final LuceneShelf.Opener opener;

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
            .forEach(index::add);
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
  Shelf<LuceneVersion> created(String version, int dimensions) {
    return LuceneShelf.create(directory.resolve(version), dimensions, settings, opener);
  }

  /** Waits for the merges that run, for measures of what comes after. */
  public void awaitMerges(String version) {
    shelf(version).write(LuceneVersion::awaitMerges);
  }
}
