package io.alcedo.app.index;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collection of one version. After a write that failed it takes no more until it is opened
 * again: a part of what was written may be missing, and a commit of how far the log was read would
 * lose that part for good. Opened again it has what it had, or more; reading goes on from its last
 * commit, and what comes again takes its own place.
 */
final class SolrShelf {
  private static final Logger LOG = LoggerFactory.getLogger(SolrShelf.class);

  /** A question to the open collection. */
  interface Question<T> {
    T ask(SolrCollection open) throws IOException;
  }

  /** A change of the open collection. */
  interface Change {
    void make(SolrCollection open) throws IOException;
  }

  private final SolrCloud cloud;
  private final String name;
  private volatile SolrCollection open;
  private volatile IndexFaultException fault;

  private SolrShelf(SolrCloud cloud, String name) {
    this.cloud = cloud;
    this.name = name;
  }

  /** Creates a collection, or opens the one that somebody else created meanwhile. */
  static SolrShelf create(SolrCloud cloud, String name, int dimensions) {
    SolrShelf shelf = new SolrShelf(cloud, name);
    try {
      if (!cloud.versions().contains(name) || cloud.open(name) == null) {
        cloud.create(name, dimensions);
      }
    } catch (IOException e) {
      throw shelf.described(e);
    }
    shelf.reopen();
    return shelf;
  }

  /** Opens a collection that is there; null if it was never finished, faulty if it fails. */
  static SolrShelf open(SolrCloud cloud, String name) {
    SolrShelf shelf = new SolrShelf(cloud, name);
    try {
      shelf.open = cloud.open(name);
      return shelf.open == null ? null : shelf;
    } catch (IOException e) {
      shelf.fault = shelf.described(e);
      LOG.error(shelf.fault.getMessage(), e);
      return shelf;
    }
  }

  synchronized void reopen() {
    if (open != null && fault == null) {
      return;
    }
    try {
      SolrCollection again = cloud.open(name);
      if (again == null) {
        throw new SolrRefusalException("how far it was read is not found", 404);
      }
      open = again;
      fault = null;
    } catch (IOException e) {
      fault = described(e);
      throw fault;
    }
  }

  String name() {
    return name;
  }

  int dimensions() {
    return open == null ? 0 : open.dimensions();
  }

  IndexVersion facts() {
    IndexFaultException failed = fault;
    long count = 0;
    try {
      count = open == null ? 0 : read(SolrCollection::count);
    } catch (IndexFaultException e) {
      failed = failed == null ? e : failed;
    }
    return new IndexVersion(name, dimensions(), count, failed == null ? null : failed.getMessage());
  }

  boolean isSound() {
    return fault == null;
  }

  <T> T read(Question<T> question) {
    SolrCollection now = open;
    if (now == null) {
      throw again();
    }
    try {
      return question.ask(now);
    } catch (IOException e) {
      throw described(e);
    }
  }

  void write(Change change) {
    if (fault != null) {
      throw again();
    }
    try {
      change.make(open);
    } catch (IOException e) {
      fault = described(e);
      throw fault;
    }
  }

  void drop() {
    try {
      cloud.delete(name);
    } catch (IOException e) {
      throw described(e);
    }
  }

  private IndexFaultException again() {
    IndexFaultException failed = fault;
    return new IndexFaultException(failed.getMessage(), failed);
  }

  private IndexFaultException described(IOException e) {
    return new IndexFaultException(
        "index %s in Solr at %s: %s. %s".formatted(name, cloud.place(), e.getMessage(), remedy(e)),
        e);
  }

  private static String remedy(IOException e) {
    if (e instanceof SolrRefusalException refusal && refusal.isAbsence()) {
      return "It is not there any more: rebuild this version from the topic.";
    }
    return "Nothing committed is lost: see to Solr's nodes (running, room on their disks, their"
        + " logs), then open it again.";
  }
}
