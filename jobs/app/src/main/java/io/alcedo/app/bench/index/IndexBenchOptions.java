package io.alcedo.app.bench.index;

import io.alcedo.app.index.IndexSettings;
import io.alcedo.app.index.SolrSettings;
import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What to measure.
 *
 * @param maxVectors largest size; 10, 100 and 1000 thousand are measured on the way
 * @param dimensions of a vector
 * @param queries of which recall is the mean
 * @param ingest how long vectors are written while one thread searches
 * @param ingestRate most vectors a second that are written meanwhile; 0: as fast as it goes
 * @param settings of the index
 * @param quantize measure with 7 bits a number as well
 * @param output receives {@code index.csv}, and the index of this machine while it is measured
 * @param solr where the same is measured in Solr; null: nowhere
 */
public record IndexBenchOptions(
    int maxVectors,
    int dimensions,
    int queries,
    Duration ingest,
    int ingestRate,
    IndexSettings settings,
    boolean quantize,
    Path output,
    SolrSettings solr) {
  private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);

  public IndexBenchOptions {
    if (maxVectors < 100 || queries < 10 || dimensions < 2 || ingestRate < 0) {
      throw new InvalidInputException(
          "--max-vectors must be 100 or more, --queries 10 or more, --dimensions 2 or more, --ingest-rate 0 or more");
    }
  }

  List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>(SIZES);
    sizes.removeIf(size -> size >= maxVectors);
    sizes.add(maxVectors);
    return sizes;
  }

  /** Vectors that may be written beyond a size before the next one is near. */
  int room(int size) {
    int next = sizes().stream().filter(other -> other > size).findFirst().orElse(Integer.MAX_VALUE);
    return (next - size) / 2;
  }

  List<IndexSettings> variants() {
    return quantize ? List.of(settings, quantized()) : List.of(settings);
  }

  private IndexSettings quantized() {
    return new IndexSettings(
        settings.connections(),
        settings.beamWidth(),
        true,
        settings.oversampling(),
        settings.refresh(),
        settings.commit());
  }
}
