package io.alcedo.app.index;

import java.io.IOException;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of one version, open or faulty. After a write that failed it takes no more until it is
 * opened again: a part of what was written may be missing, and a commit of how far the log was read
 * would lose that part for good.
 *
 * @param <V> what it is when it is open
 */
abstract class Shelf<V extends OpenVersion> {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

  /** A question to the open version. */
  interface Question<V, T> {
    T ask(V open) throws IOException;
  }

  /** A change of the open version. */
  interface Change<V> {
    void make(V open) throws IOException;
  }

  private final String name;
  private volatile V open; // null until it could be opened once, then never again
  private volatile IndexFaultException fault; // null if it is sound, and then it is open

  Shelf(String name) {
    this.name = name;
  }

  /**
   * Opens the store as of its last commit.
   *
   * @param before what was open and has failed, which is closed when this succeeded; null if
   *     nothing was
   */
  abstract V opened(V before) throws IOException;

  /** Deletes the store. */
  abstract void delete() throws IOException;

  /** Numbers in each vector; 0 if that is not known. */
  abstract int dimensions();

  /** Where the store is, for people. */
  abstract String place();

  /** What failed, for people. */
  abstract String finding(Exception e);

  /** Whether what is there cannot be used any more. */
  abstract boolean isDamage(Exception e);

  /** What is to be done when this failed, and is no damage. */
  abstract String remedy(Exception e);

  final String name() {
    return name;
  }

  /** What is open; null if nothing could be opened yet. */
  final V open() {
    return open;
  }

  final boolean isSound() {
    return fault == null;
  }

  final IndexVersion facts() {
    IndexFaultException failed = fault;
    long count = 0;
    try {
      count = open == null ? 0 : read(OpenVersion::count);
    } catch (IndexFaultException e) {
      failed = failed == null ? e : failed;
    }
    return new IndexVersion(
        name,
        dimensions(),
        count,
        failed == null ? null : failed.getMessage(),
        failed != null && failed.isDamage());
  }

  /** Opens it unless it is sound; throws if that fails. */
  final synchronized void reopen() {
    if (open != null && fault == null) {
      return;
    }
    V before = open;
    try {
      become(opened(before));
    } catch (IOException e) {
      throw failed(e);
    }
    closeQuietly(before);
  }

  /** Is sound from now on. */
  final void become(V opened) {
    open = opened;
    fault = null;
  }

  /** Is faulty from now on. */
  final IndexFaultException failed(Exception e) {
    IndexFaultException now = described(e);
    fault = now;
    return now;
  }

  final <T> T read(Question<V, T> question) {
    V now = open;
    if (now == null) {
      throw again();
    }
    try {
      return question.ask(now);
    } catch (IOException | AlreadyClosedException e) { // the second: Lucene, once it has failed
      throw described(e);
    }
  }

  final void write(Change<V> change) {
    if (fault != null) {
      throw again();
    }
    try {
      change.make(open);
    } catch (IOException | AlreadyClosedException e) {
      throw failed(e);
    }
  }

  private IndexFaultException again() {
    IndexFaultException failed = fault;
    return new IndexFaultException(failed.getMessage(), failed, failed.isDamage());
  }

  final IndexFaultException described(Exception e) {
    return new IndexFaultException(
        "index %s in %s: %s. %s"
            .formatted(
                name,
                place(),
                finding(e),
                isDamage(e)
                    ? "It cannot be used any more: look for the cause, then ./alcedo index rebuild."
                    : remedy(e)),
        e,
        isDamage(e));
  }

  final synchronized void close() {
    closeQuietly(open);
  }

  private void closeQuietly(V version) {
    if (version == null) {
      return;
    }
    try {
      version.close();
    } catch (IOException | AlreadyClosedException e) {
      LOG.warn("index {} in {} was closed with: {}", name, place(), e.toString());
    }
  }

  final void drop() {
    close();
    try {
      delete();
    } catch (IOException e) {
      throw described(e);
    }
  }
}
