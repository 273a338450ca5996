package io.alcedo.app.index;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collection of one version. Opened again after a write that failed it has what it had, or
 * more; reading goes on from its last commit, and what comes again takes its own place.
 */
final class SolrShelf extends Shelf<SolrCollection> {
  private static final Logger LOG = LoggerFactory.getLogger(SolrShelf.class);

  private final SolrCloud cloud;

  private SolrShelf(SolrCloud cloud, String name) {
    super(name);
    this.cloud = cloud;
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
      SolrCollection there = cloud.open(name);
      if (there == null) {
        return null;
      }
      shelf.become(there);
    } catch (IOException e) {
      LOG.error(shelf.failed(e).getMessage(), e);
    }
    return shelf;
  }

  @Override
  SolrCollection opened(SolrCollection before) throws IOException {
    SolrCollection again = cloud.open(name());
    if (again == null) {
      throw new SolrRefusalException("how far it was read is not found", 404);
    }
    return again;
  }

  @Override
  void delete() throws IOException {
    cloud.delete(name());
  }

  /** The collection says how many, so nobody knows before it is open. */
  @Override
  int dimensions() {
    SolrCollection now = open();
    return now == null ? 0 : now.dimensions();
  }

  @Override
  String place() {
    return "Solr at " + cloud.place();
  }

  @Override
  String finding(Exception e) {
    return e.getMessage();
  }

  @Override
  boolean isDamage(Exception e) {
    return e instanceof SolrRefusalException refusal && refusal.isAbsence();
  }

  @Override
  String remedy(Exception e) {
    return "Nothing committed is lost: see to Solr's nodes (running, room on their disks, their"
        + " logs), then open it again.";
  }
}
