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
 * The folder of one version. After a write that failed it takes no more until it is opened again as
 * of its last commit: with a part of what was written missing, a commit of how far the log was read
 * would lose that part for good. What could be found before can be found still.
 */
final class LuceneShelf {
  private static final Logger LOG = LoggerFactory.getLogger(LuceneShelf.class);

  /** Where the files of a version lie. */
  interface Opener {
    Directory open(Path folder) throws IOException;
  }

  /** A question to the open version. */
  interface Question<T> {
    T ask(LuceneVersion open) throws IOException;
  }

  /** A change of the open version. */
  interface Change {
    void make(LuceneVersion open) throws IOException;
  }

  private final Path folder;
  private final IndexSettings settings;
  private final Opener opener;
  private volatile int dimensions;
  private volatile LuceneVersion open;
  private volatile IndexFaultException fault;

  private LuceneShelf(Path folder, IndexSettings settings, Opener opener) {
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
      LOG.error(e.getMessage(), e);
    }
    return shelf;
  }

  synchronized void reopen() {
    if (open != null && fault == null) {
      return;
    }
    LuceneVersion before = open;
    try {
      dimensions = VersionFile.dimensions(folder);
      if (before != null) {
        before.stopWriting();
      }
      open = opened();
      fault = null;
    } catch (IOException e) {
      fault = described(e);
      throw fault;
    }
    closeQuietly(before);
  }

  private LuceneVersion opened() throws IOException {
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

  String name() {
    return folder.getFileName().toString();
  }

  int dimensions() {
    return dimensions;
  }

  IndexVersion facts() {
    IndexFaultException failed = fault;
    long count = open == null ? 0 : read(LuceneVersion::count);
    return new IndexVersion(name(), dimensions, count, failed == null ? null : failed.getMessage());
  }

  boolean isSound() {
    return fault == null;
  }

  <T> T read(Question<T> question) {
    LuceneVersion now = open;
    if (now == null) {
      throw again();
    }
    try {
      return question.ask(now);
    } catch (IOException | AlreadyClosedException e) {
      throw described(e);
    }
  }

  void write(Change change) {
    if (fault != null) {
      throw again();
    }
    try {
      change.make(open);
    } catch (IOException | AlreadyClosedException e) {
      fault = described(e);
      throw fault;
    }
  }

  private IndexFaultException again() {
    IndexFaultException failed = fault;
    return new IndexFaultException(failed.getMessage(), failed);
  }

  private IndexFaultException described(Exception e) {
    return new IndexFaultException(
        "index %s in %s: %s. %s".formatted(name(), folder, root(e), remedy(e)), e);
  }

  private static String root(Exception e) {
    Throwable cause =
        e instanceof AlreadyClosedException && e.getCause() != null ? e.getCause() : e;
    boolean isOnlyAPath = cause instanceof FileSystemException it && it.getReason() == null;
    return cause.getMessage() == null || isOnlyAPath ? cause.toString() : cause.getMessage();
  }

  private static String remedy(Exception e) {
    if (e instanceof CorruptIndexException
        || e instanceof IndexFormatTooOldException
        || e instanceof IndexFormatTooNewException
        || e instanceof IndexNotFoundException
        || e instanceof NoSuchFileException
        || e instanceof EOFException) {
      return "It cannot be used as it is: check the disk, then rebuild this version from the topic.";
    }
    if (e instanceof LockObtainFailedException) {
      return "Another process has it open: stop that, or give this one its own folder.";
    }
    return "Nothing committed is lost: check the disk (room, permissions), then open it again.";
  }

  synchronized void close() {
    closeQuietly(open);
  }

  private void closeQuietly(LuceneVersion version) {
    if (version == null) {
      return;
    }
    try {
      version.close();
    } catch (IOException | AlreadyClosedException e) {
      LOG.warn("index {} in {} was closed with: {}", name(), folder, e.toString());
    }
  }

  /** Deletes the folder, beginning with the file that makes it a version. */
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

  void drop() {
    close();
    try {
      delete();
    } catch (IOException e) {
      throw described(e);
    }
  }
}
