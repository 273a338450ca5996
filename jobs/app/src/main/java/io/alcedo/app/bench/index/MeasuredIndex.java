package io.alcedo.app.bench.index;

import io.alcedo.app.index.VectorIndex;
import java.io.IOException;

/** An index while it is measured; what is in it goes when it is closed. */
interface MeasuredIndex extends AutoCloseable {
  /** In the table. */
  String name();

  VectorIndex index();

  /** Waits for the merges that run. */
  void awaitMerges(String version) throws IOException;

  /** On disk. */
  long bytes(String version) throws IOException;

  @Override
  void close() throws IOException;
}
