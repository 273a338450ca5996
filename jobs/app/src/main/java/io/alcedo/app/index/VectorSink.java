package io.alcedo.app.index;

import java.util.List;

/** Takes vectors that are made here, and do not come out of a topic. */
interface VectorSink {
  /** Adds vectors of a version; an id that is there is written over. */
  void add(String version, List<VectorEntry> entries);
}
