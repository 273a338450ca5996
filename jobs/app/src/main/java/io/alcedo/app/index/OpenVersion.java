package io.alcedo.app.index;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One version of an index while its store is open; every call is as that of {@link VectorIndex}
 * with its name, and throws {@link IOException} if the store fails.
 */
interface OpenVersion extends Closeable {
  /** Takes vectors of the right size, of length 1. */
  void upsert(List<VectorEntry> entries) throws IOException;

  List<Hit> search(float[] query, int hits, VectorFilter filter) throws IOException;

  List<VectorEntry> newest(VectorFilter filter, int count) throws IOException;

  /** What is there of these ids, by id. */
  Map<String, VectorEntry> entries(Collection<String> ids) throws IOException;

  Set<String> known(Collection<String> ids) throws IOException;

  void delete(Collection<String> ids) throws IOException;

  void deleteCamera(String camera) throws IOException;

  void deleteBefore(Instant time) throws IOException;

  long count() throws IOException;

  void refresh() throws IOException;

  void commit(Offsets read) throws IOException;

  /** How far the log was read at the last commit. */
  Offsets committed();
}
