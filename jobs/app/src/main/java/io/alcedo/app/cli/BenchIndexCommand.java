package io.alcedo.app.cli;

import io.alcedo.app.bench.index.IndexBench;
import io.alcedo.app.bench.index.IndexBenchOptions;
import io.alcedo.app.index.IndexSettings;
import io.alcedo.app.index.SolrSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the embedding index. */
@Command(
    name = "index",
    description = {
      "Recall, latency, rates and bytes of the embedding index, over seeded vectors that lie as",
      "embeddings of people do, at 10, 100 and 1000 thousand of them."
    })
final class BenchIndexCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--max-vectors",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Largest size (${DEFAULT-VALUE}); a million takes long.")
  private int maxVectors;

  @Option(names = "--dimensions", defaultValue = "128", description = "${DEFAULT-VALUE}")
  private int dimensions;

  @Option(names = "--quantize", description = "Measure with 7 bits a number as well.")
  private boolean quantize;

  @Option(
      names = "--queries",
      defaultValue = "300",
      description = "Of which recall is the mean (${DEFAULT-VALUE}).")
  private int queries;

  @Option(
      names = "--ingest",
      paramLabel = "TIME",
      converter = DurationOption.class,
      defaultValue = "20s",
      description = "How long to write while a thread searches (${DEFAULT-VALUE}).")
  private Duration ingest;

  @Option(
      names = "--ingest-rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "Most vectors a second that are written then; default: as fast as it goes.")
  private int ingestRate;

  @Option(
      names = "--connections",
      paramLabel = "M",
      description =
          "Neighbours of a vector in the graph; default: the index's, as of the next two.")
  private Integer connections;

  @Option(names = "--beam-width", description = "Candidates when a vector is put in.")
  private Integer beamWidth;

  @Option(names = "--oversampling", description = "Candidates of a search beyond the hits.")
  private Integer oversampling;

  @Option(
      names = "--solr",
      paramLabel = "URL",
      split = ",",
      description = {
        "Measure a SolrCloud as well: http://host:8983/solr, several with commas.",
        "Its collection is called bench.synthetic..., and deleted at the end."
      })
  private List<String> solr;

  @Option(
      names = "--shards",
      defaultValue = "2",
      description = "Parts of the collection in Solr (${DEFAULT-VALUE}).")
  private int shards;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out/bench-index",
      description = "Receives index.csv, and the index while it is measured (${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() throws IOException {
    IndexSettings settings =
        new IndexSettings(connections, beamWidth, null, oversampling, null, null);
    SolrSettings cloud = solr == null ? null : new SolrSettings(solr, "bench", shards, null);
    IndexBenchOptions options =
        new IndexBenchOptions(
            maxVectors, dimensions, queries, ingest, ingestRate, settings, quantize, output, cloud);
    new IndexBench(options, spec.commandLine().getOut()).run();
    return 0;
  }
}
