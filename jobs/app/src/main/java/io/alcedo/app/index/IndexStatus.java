package io.alcedo.app.index;

import java.util.List;

/**
 * How an index does.
 *
 * @param serving the version in which is searched
 * @param versions all of them
 * @param records what became of the records of the topic {@code embeddings}, for people
 * @param freshness how soon what is seen is found; null if nothing was lately
 * @param migration the change of encoder that goes on; null if none does
 * @param restoration how far the search for stored pictures without vectors is; null if there is
 *     none
 */
public record IndexStatus(
    String serving,
    List<IndexVersion> versions,
    String records,
    Freshness freshness,
    Migration migration,
    Restoration restoration) {

  /**
   * Time from a frame's publication until a search finds what it shows, by the clocks of publisher
   * and index.
   *
   * @param vectors the last so many
   * @param p50 ms
   * @param p99 ms
   * @param max ms
   */
  public record Freshness(int vectors, long p50, long p99, long max) {}

  /**
   * Vectors are made of the stored pictures that have none.
   *
   * @param looked pictures that were looked at
   * @param total all of them; 0 while the topic is still read
   * @param silent pictures that do not say what they show, and get none
   */
  public record Restoration(int looked, int total, long silent) {}

  /**
   * A change of encoder: the retained vectors are made again, newest first.
   *
   * @param filling the version that will serve
   * @param waiting the one after it; null if there is none
   * @param done vectors that it has
   * @param total vectors that it will have
   * @param gone crops whose picture is not kept any more, which it cannot have
   * @param perSecond vectors made again in a second, lately
   */
  public record Migration(
      String filling, String waiting, long done, long total, long gone, double perSecond) {}
}
