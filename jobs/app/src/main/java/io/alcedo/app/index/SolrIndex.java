package io.alcedo.app.index;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The index of many machines: a SolrCloud with a collection for each version, in shards and copies.
 *
 * <p>Where it differs from the index of one machine: what was written and not committed is not
 * forgotten, neither by {@link #close} nor by a crash. A batch of which a part could not be written
 * may be there in part, until it is written again. Both are harmless to who reads on from {@link
 * #offsets}, as ids are written over. A deletion that failed may have been made.
 */
public final class SolrIndex extends ShelvedIndex<SolrCollection> {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final SolrCloud cloud;

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
          index.add(shelf);
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
  Shelf<SolrCollection> created(String version, int dimensions) {
    return SolrShelf.create(cloud, version, dimensions);
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
}
