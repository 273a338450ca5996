package io.alcedo.app.index;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one version. After a write that failed, what could be found before can be found
 * still; opened again it is as of its last commit.
 */
final class LuceneShelf extends Shelf<LuceneVersion> {
  private static final Logger LOG = LoggerFactory.getLogger(LuceneShelf.class);

  /** Where the files of a version lie. */
  interface Opener {
    Directory open(Path folder) throws IOException;
  }

  private final Path folder;
  private final IndexSettings settings;
  private final Opener opener;
  private volatile int dimensions;

  private LuceneShelf(Path folder, IndexSettings settings, Opener opener) {
    super(folder.getFileName().toString());
    this.folder = folder;
    this.settings = settings;
    this.opener = opener;
  }

  static LuceneShelf create(Path folder, int dimensions, IndexSettings settings, Opener opener) {
    LuceneShelf shelf = new LuceneShelf(folder, settings, opener);
    try {
      shelf.delete(); // what a crash left of another attempt
      Files.createDirectories(folder);
      try (Directory directory = opener.open(shelf.files())) {
        LuceneVersion.create(directory, settings);
      }
      VersionFile.write(folder, dimensions);
    } catch (IOException e) {
      throw shelf.described(e);
    }
    shelf.reopen();
    return shelf;
  }

  /** Opens what lies in a folder; the shelf is faulty if that cannot be done. */
  static LuceneShelf open(Path folder, IndexSettings settings, Opener opener) {
    LuceneShelf shelf = new LuceneShelf(folder, settings, opener);
    try {
      shelf.reopen();
    } catch (IndexFaultException e) {
      LOG.error(e.getMessage());
      LOG.debug("opened faulty", e);
    }
    return shelf;
  }

  /** One writer has the files at a time: what has failed gives them free first. */
  @Override
  LuceneVersion opened(LuceneVersion before) throws IOException {
    dimensions = VersionFile.dimensions(folder);
    if (before != null) {
      before.stopWriting();
    }
    Directory directory = opener.open(files());
    try {
      return LuceneVersion.open(directory, settings);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private Path files() {
    return folder.resolve("lucene");
  }

  /** Deletes the folder, beginning with the file that makes it a version. */
  @Override
  void delete() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    VersionFile.delete(folder);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** A file beside the store says how many, so that is known also when the store is damaged. */
  @Override
  int dimensions() {
    return dimensions;
  }

  @Override
  String place() {
    return folder.toString();
  }

  @Override
  String finding(Exception e) {
    Throwable cause =
        e instanceof AlreadyClosedException && e.getCause() != null ? e.getCause() : e;
    boolean isOnlyAPath = cause instanceof FileSystemException it && it.getReason() == null;
    return cause.getMessage() == null || isOnlyAPath ? cause.toString() : cause.getMessage();
  }

  @Override
  boolean isDamage(Exception e) {
    return e instanceof CorruptIndexException
        || e instanceof IndexFormatTooOldException
        || e instanceof IndexFormatTooNewException
        || e instanceof IndexNotFoundException
        || e instanceof NoSuchFileException
        || e instanceof EOFException;
  }

  @Override
  String remedy(Exception e) {
    if (e instanceof LockObtainFailedException) {
      return "Another process has it open: stop that, or give this one its own folder.";
    }
    return "Nothing committed is lost: check the disk (room, permissions), then open it again.";
  }
}
