package io.alcedo.app.bench.index;

import io.alcedo.app.index.IndexSettings;
import io.alcedo.app.index.SolrIndex;
import io.alcedo.app.index.SolrSettings;
import java.io.IOException;

/** An index in a SolrCloud. */
record MeasuredSolr(SolrIndex index) implements MeasuredIndex {
  static MeasuredSolr open(SolrSettings solr, IndexSettings settings) {
    MeasuredSolr measured = new MeasuredSolr(SolrIndex.open(solr, settings));
    measured.dropAll(); // what was left of a run that was ended
    return measured;
  }

  private void dropAll() {
    index.versions().forEach(version -> index.drop(version.name()));
  }

  @Override
  public String name() {
    return "solr";
  }

  @Override
  public void awaitMerges(String version) throws IOException {
    index.awaitMerges();
  }

  @Override
  public long bytes(String version) throws IOException {
    return index.bytes(version);
  }

  @Override
  public void close() {
    dropAll();
    index.close();
  }
}
