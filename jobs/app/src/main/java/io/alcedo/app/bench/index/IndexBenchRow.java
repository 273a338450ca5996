package io.alcedo.app.bench.index;

import java.util.List;
import java.util.Locale;

/**
 * What was measured at one size.
 *
 * @param index kind of vectors that are searched
 * @param vectors in it
 * @param built vectors a second from the size before to this one, merges included
 * @param recall share of the exact search's 10 nearest that are among the 10 found
 * @param one searches of one thread
 * @param two searches of two threads, each search for itself
 * @param ingested vectors a second, written while one thread searched all the time
 * @param beside searches of that thread
 * @param disk bytes a vector
 * @param heap bytes a vector
 */
record IndexBenchRow(
    String index,
    int vectors,
    double built,
    double recall,
    Latencies one,
    Latencies two,
    double ingested,
    Latencies beside,
    double disk,
    double heap) {
  static final String TABLE_HEAD =
      """
      index       vectors   build/s  recall@10   p50 ms  p99 ms   2 thr p50  p99   ingest/s  beside p50    p99  disk B  heap B
      """;

  static final String CSV_HEAD =
      "index,vectors,build_per_s,recall_at_10,p50_ms,p99_ms,two_threads_p50_ms,"
          + "two_threads_p99_ms,ingest_per_s,ingest_p50_ms,ingest_p99_ms,disk_bytes,heap_bytes\n";

  String tableLine() {
    return String.format(
        Locale.ROOT,
        "%-9s %9d %9.0f %10.4f %8.2f %7.2f %11.2f %6.2f %8.0f %11.2f %6.2f %7.0f %7.0f%n",
        values());
  }

  String csvLine() {
    return String.format(
        Locale.ROOT, "%s,%d,%.1f,%.4f,%.3f,%.3f,%.3f,%.3f,%.1f,%.3f,%.3f,%.1f,%.1f%n", values());
  }

  private Object[] values() {
    return List.of(
            index,
            vectors,
            built,
            recall,
            one.p50(),
            one.p99(),
            two.p50(),
            two.p99(),
            ingested,
            beside.p50(),
            beside.p99(),
            disk,
            heap)
        .toArray();
  }
}
