package io.alcedo.app.index;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Vectors, found by similarity. There is one sub-index for each version of an encoder, because
 * vectors of different encoders say nothing about each other: every call names the version.
 *
 * <p>What is written is found after the next {@link #refresh}, is safe after the next {@link
 * #commit}, and may be forgotten by {@link #close} if there was none. One thread writes, many may
 * search meanwhile.
 *
 * <p>Every call with a version throws {@link io.alcedo.connectors.InvalidInputException} if there
 * is none of this name, and {@link IndexFaultException} if its store fails; the others go on.
 */
public interface VectorIndex extends AutoCloseable {
  /** Most hits that a search gives. */
  int MAX_HITS = 1000;

  /**
   * Opens a new version, empty and without offsets; does nothing if it is there already.
   *
   * @param dimensions numbers in each of its vectors
   * @throws io.alcedo.connectors.InvalidInputException if it is there with other dimensions
   */
  void create(String version, int dimensions);

  /** Deletes a version and all that is in it, also if it is faulty. */
  void drop(String version);

  /** What there is, by name, the faulty ones as well. */
  List<IndexVersion> versions();

  /**
   * Adds vectors; one with the id of another takes its place, and within a batch the last one wins.
   * A batch is taken whole or not at all.
   *
   * @throws InvalidVectorException if one has the wrong size, a length other than 1, or a number
   *     that is none: it lists them all, and nothing of the batch was taken
   */
  void upsert(String version, List<VectorEntry> entries);

  /**
   * The most similar vectors, best first.
   *
   * @param query of length 1
   * @param hits 1 to {@link #MAX_HITS}
   * @throws io.alcedo.connectors.InvalidInputException if the query is no vector of this version
   */
  List<Hit> search(String version, float[] query, int hits, VectorFilter filter);

  /** Most entries that {@link #newest} gives. */
  int MAX_NEWEST = 10_000;

  /**
   * The entries that were captured last, the latest first, those of one time by id.
   *
   * @param count 1 to {@link #MAX_NEWEST}
   */
  List<VectorEntry> newest(String version, VectorFilter filter, int count);

  /**
   * The entries of these ids that a search can find, in the order of the ids; ids that are not
   * there are passed over.
   */
  List<VectorEntry> entries(String version, Collection<String> ids);

  /** Which of these ids a search can find. */
  Set<String> known(String version, Collection<String> ids);

  /** Deletes vectors; ids that are not there are passed over. */
  void delete(String version, Collection<String> ids);

  /** Deletes all that a camera took. */
  void deleteCamera(String version, String camera);

  /** Deletes all that was captured before a time. */
  void deleteBefore(String version, Instant time);

  /** Vectors that a search can find. */
  long count(String version);

  /** Lets searches find all that was written. Versions that fail are passed over. */
  void refresh();

  /**
   * Makes all that was written safe, and with it how far the log was read. A version that fails
   * keeps what it had, vectors and offsets; the others are committed. One that has come further in
   * the same log stays there.
   *
   * @throws IndexFaultException if one fails, after all were tried
   */
  void commit(Offsets offsets);

  /** How far the log was read when this version was committed. */
  Offsets offsets(String version);

  /**
   * Opens a faulty version again as of its last commit; does nothing if it is sound.
   *
   * @throws IndexFaultException if it still fails
   */
  void reopen(String version);

  @Override
  void close();
}
