package io.alcedo.app.bench.index;

import io.alcedo.app.index.Hit;
import io.alcedo.app.index.IndexSettings;
import io.alcedo.app.index.Offsets;
import io.alcedo.app.index.VectorEntry;
import io.alcedo.app.index.VectorFilter;
import io.alcedo.app.index.VectorIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What an index does: it grows from size to size, with a refresh every second as in service, and is
 * measured at each.
 */
public final class IndexBench {
  private static final String VERSION = "synthetic@00000000";
  private static final long SEED = 20261128;
  private static final int K = 10;
  private static final int BATCH = 200;
  private static final int SEARCHES = 2000;

  private final IndexBenchOptions options;
  private final PrintWriter out;
  private final SyntheticEmbeddings embeddings;
  private Path csv;
  private int written;
  private long refreshed;

  /** Prepares. */
  public IndexBench(IndexBenchOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
    this.embeddings = new SyntheticEmbeddings(SEED, options.dimensions());
  }

  /** Measures, prints the table, and writes it as {@code index.csv}. */
  public void run() throws IOException {
    Files.createDirectories(options.output());
    csv = options.output().resolve("index.csv");
    Files.writeString(csv, IndexBenchRow.CSV_HEAD);
    out.printf(
        "%d dimensions, M %d, beam width %d, ef %d, %d queries, Java %s%n",
        options.dimensions(),
        options.settings().connections(),
        options.settings().beamWidth(),
        K + options.settings().oversampling(),
        options.queries(),
        Runtime.version());
    out.print(IndexBenchRow.TABLE_HEAD);
    out.flush();
    for (IndexSettings settings : options.variants()) {
      try (MeasuredIndex measured = MeasuredLucene.open(options.output(), settings)) {
        run(measured);
      }
    }
    if (options.solr() != null) {
      try (MeasuredIndex measured = MeasuredSolr.open(options.solr(), options.settings())) {
        run(measured);
      }
    }
  }

  private void run(MeasuredIndex measured) throws IOException {
    long heap = usedHeap();
    measured.index().create(VERSION, options.dimensions());
    written = 0;
    for (int size : options.sizes()) {
      IndexBenchRow row = measure(measured, size, heap);
      out.print(row.tableLine());
      out.flush();
      Files.writeString(csv, row.csvLine(), StandardOpenOption.APPEND);
    }
  }

  private IndexBenchRow measure(MeasuredIndex measured, int size, long heapBefore)
      throws IOException {
    VectorIndex index = measured.index();
    double built = grow(measured, size);
    double disk = (double) measured.bytes(VERSION) / size;
    double heap = (double) (usedHeap() - heapBefore) / size;
    float[][] queries =
        IntStream.range(0, options.queries())
            .mapToObj(query -> embeddings.query(query, size))
            .toArray(float[][]::new);
    double recall = recall(index, queries, size);
    search(index, queries, SEARCHES / 2); // warms up
    Latencies one = Latencies.of(search(index, queries, SEARCHES));
    Latencies two = searchTwice(index, queries);
    Ingest ingest = ingest(index, queries, options.room(size));
    return new IndexBenchRow(
        measured.name(),
        size,
        built,
        recall,
        one,
        two,
        ingest.perSecond,
        ingest.beside,
        disk,
        heap);
  }

  /** Writes up to a size; vectors a second until the last merge is done. */
  private double grow(MeasuredIndex measured, int size) throws IOException {
    VectorIndex index = measured.index();
    int before = written;
    long began = System.nanoTime();
    while (written < size) {
      write(index, Math.min(BATCH, size - written));
    }
    index.commit(Offsets.NONE);
    measured.awaitMerges(VERSION);
    index.commit(Offsets.NONE);
    index.refresh();
    return (written - before) * 1e9 / (System.nanoTime() - began);
  }

  private void write(VectorIndex index, int count) {
    List<VectorEntry> batch =
        IntStream.range(written, written + count).mapToObj(embeddings::entry).toList();
    index.upsert(VERSION, batch);
    written += count;
    if (System.nanoTime() - refreshed > options.settings().refresh().toNanos()) {
      index.refresh();
      refreshed = System.nanoTime();
    }
  }

  private double recall(VectorIndex index, float[][] queries, int size) {
    ExactNeighbours exact = new ExactNeighbours(queries, K);
    for (int number = 0; number < size; number++) {
      exact.look(number, embeddings.vector(number));
    }
    long found = 0;
    for (int query = 0; query < queries.length; query++) {
      Set<Integer> truth = exact.of(query);
      for (Hit hit : index.search(VERSION, queries[query], K, VectorFilter.ALL)) {
        found += truth.contains(number(hit)) ? 1 : 0;
      }
    }
    return (double) found / (K * queries.length);
  }

  private static int number(Hit hit) {
    String id = hit.facts().id();
    return Integer.parseInt(id.substring(id.lastIndexOf('/') + 1, id.lastIndexOf('#')));
  }

  private static long[] search(VectorIndex index, float[][] queries, int count) {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      nanos[i] = search(index, queries[i % queries.length]);
    }
    return nanos;
  }

  private static long search(VectorIndex index, float[] query) {
    long began = System.nanoTime();
    List<Hit> hits = index.search(VERSION, query, K, VectorFilter.ALL);
    long nanos = System.nanoTime() - began;
    if (hits.size() != K) {
      throw new IllegalStateException("found %d of %d".formatted(hits.size(), K));
    }
    return nanos;
  }

  private static Latencies searchTwice(VectorIndex index, float[][] queries) {
    CompletableFuture<long[]> other =
        CompletableFuture.supplyAsync(() -> search(index, queries, SEARCHES));
    long[] own = search(index, queries, SEARCHES);
    return Latencies.of(
        LongStream.concat(LongStream.of(own), LongStream.of(other.join())).toArray());
  }

  private record Ingest(double perSecond, Latencies beside) {}

  /** Writes what belongs to the next size already, so there is an end to it. */
  private Ingest ingest(VectorIndex index, float[][] queries, int most) {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<long[]> searches =
        CompletableFuture.supplyAsync(
            () -> {
              List<Long> nanos = new ArrayList<>();
              do {
                nanos.add(search(index, queries[nanos.size() % queries.length]));
              } while (!over.get());
              return nanos.stream().mapToLong(Long::longValue).toArray();
            });
    int before = written;
    long began = System.nanoTime();
    while (written - before < most && System.nanoTime() - began < options.ingest().toNanos()) {
      write(index, BATCH);
      waitForRate(written - before, began);
    }
    double perSecond = (written - before) * 1e9 / (System.nanoTime() - began);
    over.set(true);
    return new Ingest(perSecond, Latencies.of(searches.join()));
  }

  private void waitForRate(int count, long began) {
    if (options.ingestRate() > 0) {
      long due = began + count * 1_000_000_000L / options.ingestRate();
      LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
    }
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
